import type { Reach } from "@/lib/destinations/reading-types";
import { escapeRegex, folderOf, regexText } from "../glob";
import { escapedText, tickedName } from "../quote";
import type { FieldType, FilesTool, SnippetField, TableFiles } from "../types";
import { lines, noReader, wrapped } from "../wording";

const TYPES: Record<Exclude<FieldType, "object">, string> = {
  text: "STRING",
  json: "JSON",
  time: "TIMESTAMP",
  int64: "INT64",
  uint64: "BIGNUMERIC",
  float: "FLOAT64",
  bool: "BOOL",
  texts: "ARRAY<STRING>",
  entries: "STRING",
};

function typeOf({ type, fields = [] }: SnippetField, format: TableFiles["format"]): string {
  if (type === "object")
    return `STRUCT<${fields.map((field) => `${tickedName(field.name)} ${typeOf(field, format)}`).join(", ")}>`;
  return format === "csv" && (type === "json" || type === "texts") ? "STRING" : TYPES[type];
}

/** Google's storage, as its S3-compatible address. */
const isGoogle = ({ endpoint }: Reach) => endpoint !== null && new URL(endpoint).hostname === "storage.googleapis.com";

/** One wildcard is allowed, and it spans folders: the end of the names keeps manifests out, and queries the rest. */
function uris({ files, glob }: TableFiles, place: string): string {
  const last = glob.at(-1);
  const end = typeof last === "object" && "text" in last ? last.text : "";
  const suffix = end.slice(end.indexOf("."));
  const keys = files ? files.map(({ key }) => key) : [`${folderOf(glob)}*${suffix}`];
  return `uris = [\n${lines(
    keys.map((key) => escapedText(`${place}${key}`)),
    "    ",
  )}\n  ]`;
}

const FORMATS = { jsonl: "NEWLINE_DELIMITED_JSON", csv: "CSV", parquet: "PARQUET" } as const;

/** Where BigQuery reads the files, with what has to be there before. */
function placeOf(reach: Reach): { place: string; connection: string; note: string | null } {
  if (isGoogle(reach)) return { place: `gs://${reach.bucket}/`, connection: "", note: null };
  if (reach.endpoint === null)
    return {
      place: `s3://${reach.bucket}/`,
      connection: `\nWITH CONNECTION ${tickedName(`aws-${reach.region}.my_connection`)}`,
      note: "BigQuery reads Amazon S3 through BigQuery Omni, in some regions only. Elsewhere, copy the files to Cloud Storage with Storage Transfer Service, and use gs:// addresses without the connection.",
    };
  return {
    place: "gs://my-bucket/",
    connection: "",
    note: `BigQuery can’t read ${new URL(reach.endpoint).host}. Copy the files to Cloud Storage with Storage Transfer Service first, under the same keys, and enter the name of that bucket.`,
  };
}

function refusal({ format, codec, hasFirstLine }: TableFiles): string | null {
  if (format === "xml") return noReader("BigQuery", "XML").cannot;
  if (format === "parquet" && codec !== "none") return wrapped("BigQuery").cannot;
  if (codec === "zstd") return "BigQuery can’t decompress zstd around text files. Choose gzip to use BigQuery.";
  return hasFirstLine ? "BigQuery can’t skip the first line of these files, the event’s name." : null;
}

/** An external table of BigQuery. */
export const bigquery: FilesTool = {
  label: "BigQuery",
  language: "sql",
  read(table, { reach }) {
    const cannot = refusal(table);
    if (cannot) return { cannot };
    const { format, codec } = table;
    const { place, connection, note } = placeOf(reach);
    const columns = table.fields.map((field) => `${tickedName(field.name)} ${typeOf(field, format)}`);
    const options = [
      `format = '${FORMATS[format as keyof typeof FORMATS]}'`,
      uris(table, place),
      ...(codec === "gzip" ? ["compression = 'GZIP'"] : []),
      ...(format === "csv" ? ["skip_leading_rows = 1", "allow_quoted_newlines = TRUE"] : []),
    ];
    const name = tickedName(`my_dataset.penstock_${table.table}`);
    const typed = format === "parquet" ? "" : ` (\n${lines(columns)}\n)`;
    const create = `CREATE OR REPLACE EXTERNAL TABLE ${name}${typed}${connection}\nOPTIONS (\n${lines(options)}\n);`;
    const only = table.files
      ? ""
      : `\nWHERE REGEXP_CONTAINS(_FILE_NAME, ${escapedText(`^${escapeRegex(place)}${regexText(table.glob)}$`)})`;
    return { text: `${create}\n\nSELECT COUNT(*) AS \`rows\` FROM ${name}${only};`, ...(note && { note }) };
  },
};
