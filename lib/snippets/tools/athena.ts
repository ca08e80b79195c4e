import { belowFolder, CLASSES, escapeRegex, folderOf, regexText, writeGlob } from "../glob";
import { escapedText, sqlName, sqlText, tickedName } from "../quote";
import type { FieldType, FilesReading, FilesTool, SnippetField, TableFiles } from "../types";
import { noReader } from "../wording";

const SCALARS: Record<Exclude<FieldType, "object">, string> = {
  text: "string",
  json: "string",
  // ISO 8601: from_iso8601_timestamp() reads it.
  time: "string",
  int64: "bigint",
  uint64: "decimal(20,0)",
  float: "double",
  bool: "boolean",
  texts: "array<string>",
  entries: "string",
};

const typeOf = ({ type, fields = [] }: SnippetField, isParquet: boolean): string => {
  if (type === "object")
    return `struct<${fields.map((field) => `${field.name}:${typeOf(field, isParquet)}`).join(",")}>`;
  return isParquet && type === "time" ? "timestamp" : SCALARS[type];
};

/** Athena's names: lowercase letters, digits, and underscores. */
const nameOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9_]/g, "");

/** Names that JSON spells otherwise, for the reader of JSON. */
const mappings = (fields: readonly SnippetField[]): string[] =>
  fields
    .filter(({ name }) => nameOf(name) !== name)
    .map(({ name }) => `${escapedText(`mapping.${nameOf(name)}`)} = ${escapedText(name)}`);

function rowFormat({ format, fields }: TableFiles): string {
  if (format === "parquet") return "STORED AS PARQUET";
  const properties = mappings(fields);
  const mapped = properties.length > 0 ? `\nWITH SERDEPROPERTIES (${properties.join(", ")})` : "";
  return `ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'${mapped}`;
}

/** The columns of folders right below the table's own; empty if other folders come first. */
function partitionsOf({ pathColumns, glob }: TableFiles): readonly string[] {
  const below = writeGlob(belowFolder(glob), CLASSES).toLowerCase();
  const columns = pathColumns.filter((name) => `/${below}`.includes(`/${name}=`));
  return columns[0] !== undefined && below.startsWith(`${columns[0]}=`) ? columns : [];
}

/** Partitions that Athena computes from the folders' names, so that none has to be added. */
function projection(location: string, since: string): string[] {
  return [
    "'projection.enabled' = 'true'",
    ...["'projection.date.type' = 'date'", "'projection.date.format' = 'yyyy-MM-dd'"],
    `'projection.date.range' = '${since},NOW'`,
    ...["'projection.hour.type' = 'integer'", "'projection.hour.range' = '0,23'", "'projection.hour.digits' = '2'"],
    `'storage.location.template' = ${escapedText(`${location}date=\${date}/hour=\${hour}/`)}`,
  ];
}

/** What Athena can't read, and why; null if it can. */
function refusal(table: TableFiles, { reach }: FilesReading): string | null {
  const { format, hasFirstLine } = table;
  if (reach.endpoint !== null) return "Athena reads Amazon S3 only.";
  if (format === "xml") return noReader("Athena", "XML").cannot;
  if (format === "csv")
    return "Athena’s CSV reader breaks rows at line breaks inside text. Choose JSON Lines or Parquet to use Athena.";
  if (hasFirstLine) return "Athena can’t skip the first line of these files, the event’s name.";
  if (format === "parquet" && partitionsOf(table).length === 0)
    return "Athena reads every object in a folder, so it would take the manifests for Parquet. Choose Hive partitions, and a prefix without variables, to use Athena.";
  return null;
}

function columnsOf(table: TableFiles): string {
  const isParquet = table.format === "parquet";
  return table.fields.map((field) => `  ${tickedName(nameOf(field.name))} ${typeOf(field, isParquet)}`).join(",\n");
}

function where(table: TableFiles, bucket: string): string {
  const url = (key: string) => `s3://${bucket}/${key}`;
  if (table.files) return `"$path" IN (${table.files.map(({ key }) => sqlText(url(key))).join(", ")})`;
  return `regexp_like("$path", ${sqlText(`^s3://${escapeRegex(bucket)}/${regexText(table.glob)}$`)})`;
}

/** Athena, over Amazon S3. */
export const athena: FilesTool = {
  label: "Athena",
  language: "sql",
  read(table, reading) {
    const cannot = refusal(table, reading);
    if (cannot) return { cannot };
    const location = `s3://${reading.reach.bucket}/${folderOf(table.glob)}`;
    const partitions = partitionsOf(table);
    const isPartitioned = partitions.length > 0;
    // Of these two alone, every value is known without listing folders.
    const isProjected = partitions.join("/") === "date/hour";
    const name = `penstock_${table.table}`;
    const create = [
      `CREATE EXTERNAL TABLE ${tickedName(name)} (\n${columnsOf(table)}\n)`,
      ...(isPartitioned
        ? [`PARTITIONED BY (${partitions.map((column) => `${tickedName(column)} string`).join(", ")})`]
        : []),
      rowFormat(table),
      `LOCATION ${escapedText(location)}`,
      ...(isProjected ? [`TBLPROPERTIES (\n  ${projection(location, reading.since).join(",\n  ")}\n)`] : []),
    ].join("\n");
    const repair = isPartitioned && !isProjected ? `\n\nMSCK REPAIR TABLE ${tickedName(name)};` : "";
    const count = `SELECT count(*) AS "rows" FROM ${sqlName(name)}\nWHERE ${where(table, reading.reach.bucket)};`;
    const note = repair === "" ? {} : { note: "Run MSCK REPAIR TABLE again when there are new folders." };
    return { text: `${create};${repair}\n\n${count}`, ...note };
  },
};
