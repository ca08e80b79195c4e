import type { Reach } from "@/lib/destinations/reading-types";
import { belowFolder, folderOf, regexText } from "../glob";
import { snowflakeText, sqlName } from "../quote";
import type { FieldType, FilesTool, SnippetField, TableFiles } from "../types";
import { lines, wrapped } from "../wording";

const TYPES: Record<FieldType, string> = {
  text: "VARCHAR",
  json: "VARIANT",
  time: "TIMESTAMP_NTZ",
  int64: "NUMBER(38,0)",
  uint64: "NUMBER(38,0)",
  float: "FLOAT",
  bool: "BOOLEAN",
  texts: "ARRAY",
  object: "VARIANT",
  entries: "VARIANT",
};

const typeIn = ({ type }: SnippetField, format: TableFiles["format"]): string =>
  format === "csv" && (type === "json" || type === "texts") ? "VARCHAR" : TYPES[type];

const COMPRESSIONS = { none: "NONE", gzip: "GZIP", zstd: "ZSTD" } as const;

/** A stage at the folder. Credentials are the integration's, or, at other storages, to be filled in. */
function stage(folder: string, { endpoint, bucket }: Reach): string {
  if (endpoint === null)
    return `CREATE OR REPLACE STAGE penstock_stage
  URL = ${snowflakeText(`s3://${bucket}/${folder}`)}
  STORAGE_INTEGRATION = my_integration;`;
  return `CREATE OR REPLACE STAGE penstock_stage
  URL = ${snowflakeText(`s3compat://${bucket}/${folder}`)}
  ENDPOINT = ${snowflakeText(new URL(endpoint).host)}
  CREDENTIALS = (AWS_KEY_ID = '<AWS_ACCESS_KEY_ID>' AWS_SECRET_KEY = '<AWS_SECRET_ACCESS_KEY>');`;
}

/** Files whose rows are not columns are loaded as one column. */
const isWhole = ({ format, hasFirstLine }: TableFiles) => format === "xml" || hasFirstLine;

function fileFormat({ format, codec, hasFirstLine }: TableFiles): string {
  const compression = `COMPRESSION = ${COMPRESSIONS[codec]}`;
  if (hasFirstLine)
    return `(TYPE = CSV FIELD_DELIMITER = NONE RECORD_DELIMITER = '\\n' SKIP_HEADER = 1 ${compression})`;
  if (format === "jsonl") return `(TYPE = JSON ${compression})`;
  if (format === "xml") return `(TYPE = XML STRIP_OUTER_ELEMENT = TRUE ${compression})`;
  if (format === "csv")
    return `(TYPE = CSV PARSE_HEADER = TRUE FIELD_OPTIONALLY_ENCLOSED_BY = '"' EMPTY_FIELD_AS_NULL = TRUE ${compression})`;
  return "(TYPE = PARQUET USE_LOGICAL_TYPE = TRUE)";
}

function from(table: TableFiles, folder: string): string {
  if (table.files)
    return `FILES = (\n${lines(table.files.map(({ key }) => snowflakeText(key.slice(folder.length))))}\n)`;
  return `PATTERN = ${snowflakeText(`.*${regexText(belowFolder(table.glob))}`)}`;
}

function target(table: TableFiles, name: string): string {
  if (isWhole(table)) return `CREATE TABLE IF NOT EXISTS ${name} (row VARIANT);`;
  const columns = table.fields.map((field) => `${sqlName(field.name.toUpperCase())} ${typeIn(field, table.format)}`);
  return `CREATE TABLE IF NOT EXISTS ${name} (\n${lines(columns)}\n);`;
}

/** Snowflake's COPY from a stage. */
export const snowflake: FilesTool = {
  label: "Snowflake",
  language: "sql",
  read(table, { reach }) {
    if (reach.requesterPays)
      return { cannot: "Snowflake can’t offer to pay for requests, which this bucket asks for." };
    if (table.format === "parquet" && table.codec !== "none") return wrapped("Snowflake");
    const { endpoint } = reach;
    if (endpoint?.startsWith("http:")) return { cannot: "Snowflake reads from storage over HTTPS only." };
    const folder = folderOf(table.glob);
    const name = `penstock_${table.table}`;
    const source = table.hasFirstLine ? "(SELECT PARSE_JSON($1) FROM @penstock_stage)" : "@penstock_stage";
    const matched = isWhole(table) ? "" : "\nMATCH_BY_COLUMN_NAME = CASE_INSENSITIVE";
    const copy = `COPY INTO ${name} FROM ${source}\n${from(table, folder)}\nFILE_FORMAT = ${fileFormat(table)}${matched};`;
    const count = `SELECT COUNT(*) AS "ROWS" FROM ${name};`;
    return { text: [stage(folder, reach), target(table, name), copy, count].join("\n\n") };
  },
};
