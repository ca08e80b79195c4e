import type { Reach } from "@/lib/destinations/reading-types";
import { CLASSES, writeGlob } from "../glob";
import { sqlName, sqlText } from "../quote";
import type { FieldType, FilesTool, SnippetField, TableFiles } from "../types";
import { lines, noReader, wrapped } from "../wording";

const SCALARS: Record<Exclude<FieldType, "object">, string> = {
  text: "VARCHAR",
  json: "JSON",
  time: "TIMESTAMP",
  int64: "BIGINT",
  uint64: "UBIGINT",
  float: "DOUBLE",
  bool: "BOOLEAN",
  texts: "VARCHAR[]",
  entries: "VARCHAR",
};

const typeOf = ({ type, fields = [] }: SnippetField): string =>
  type === "object"
    ? `STRUCT(${fields.map((field) => `${sqlName(field.name)} ${typeOf(field)}`).join(", ")})`
    : SCALARS[type];

/** In CSV, JSON and lists are text: it need not be JSON. */
const csvTypeOf = (field: SnippetField): string =>
  field.type === "json" || field.type === "texts" ? "VARCHAR" : typeOf(field);

const columns = (fields: readonly SnippetField[], type: (field: SnippetField) => string): string =>
  `columns = {\n${lines(
    fields.map((field) => `${sqlText(field.name)}: ${sqlText(type(field))}`),
    "    ",
  )}\n  }`;

/** DuckDB takes credentials from its chain: the environment, a profile, or an instance's role. */
function secret({ endpoint, region, bucket, forcePathStyle, requesterPays }: Reach): string {
  const url = endpoint === null ? null : new URL(endpoint);
  const options = [
    "TYPE s3",
    "PROVIDER credential_chain",
    `REGION ${sqlText(region)}`,
    ...(url ? [`ENDPOINT ${sqlText(url.host + url.pathname.replace(/\/$/, ""))}`] : []),
    ...(url?.protocol === "http:" ? ["USE_SSL false"] : []),
    ...(forcePathStyle ? ["URL_STYLE 'path'"] : []),
    ...(requesterPays ? ["REQUESTER_PAYS true"] : []),
    `SCOPE ${sqlText(`s3://${bucket}`)}`,
  ];
  return `INSTALL httpfs;\nLOAD httpfs;\nINSTALL aws;\nLOAD aws;\nCREATE OR REPLACE SECRET penstock (\n${lines(options)}\n);`;
}

const paths = ({ files, glob }: TableFiles, { bucket }: Reach): string => {
  const urls = files ? files.map(({ key }) => CLASSES.text(key)) : [writeGlob(glob, CLASSES)];
  return `[\n${lines(
    urls.map((url) => sqlText(`s3://${bucket}/${url}`)),
    "    ",
  )}\n  ]`;
};

const hasQuestionMark = ({ glob }: TableFiles) =>
  glob.some((piece) => typeof piece === "object" && "text" in piece && piece.text.includes("?"));

function reader(table: TableFiles, source: string): string {
  const { format, codec, fields, hasFirstLine, pathColumns } = table;
  const hive = `hive_partitioning = ${pathColumns.length > 0}`;
  const compression = `compression = ${sqlText(codec === "none" ? "uncompressed" : codec)}`;
  const call = (name: string, ...options: string[]) => `${name}(\n${lines([source, ...options])}\n)`;
  if (format === "parquet") return call("read_parquet", hive);
  if (format === "csv")
    return call(
      "read_csv",
      columns(fields, csvTypeOf),
      ...["header = true", "auto_detect = false", "delim = ','", "quote = '\"'", "escape = '\"'"],
      ...["new_line = '\\r\\n'", "allow_quoted_nulls = false", "max_line_size = 16777216"],
      ...["parallel = false", compression, hive],
    );
  // The line before the rows is no JSON, so lines are read as text that has no separator.
  if (hasFirstLine)
    return call(
      "read_csv",
      "columns = {'line': 'VARCHAR'}",
      ...["header = false", "skip = 1", "auto_detect = false", "delim = chr(1)", "quote = ''", "escape = ''"],
      ...["new_line = '\\n'", "max_line_size = 16777216", "parallel = false", compression],
    );
  return call("read_json", "format = 'newline_delimited'", columns(fields, typeOf), compression, hive);
}

/** DuckDB, with its extensions httpfs and aws. */
export const duckdb: FilesTool = {
  label: "DuckDB",
  language: "sql",
  read(table, { reach }) {
    if (table.format === "xml") return noReader("DuckDB", "XML");
    if (table.format === "parquet" && table.codec !== "none") return wrapped("DuckDB");
    if (hasQuestionMark(table)) return { cannot: "DuckDB takes a question mark in a key for the start of options." };
    const view = sqlName(table.table);
    const rows = table.hasFirstLine ? "line::JSON AS row" : "*";
    const create = `CREATE OR REPLACE VIEW ${view} AS SELECT ${rows} FROM ${reader(table, paths(table, reach))};`;
    return { text: `${secret(reach)}\n\n${create}\n\nSELECT count(*) AS rows FROM ${view};` };
  },
};
