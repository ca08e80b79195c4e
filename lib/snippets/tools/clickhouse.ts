import type { Reach } from "@/lib/destinations/reading-types";
import { quote } from "@/lib/rows/quote";
import { escapeRegex, type GlobSyntax, regexText, writeGlob } from "../glob";
import { shellWord, tickedName } from "../quote";
import type { FieldType, FilesTool, NamedFile, SnippetField, TableFiles } from "../types";
import { noReader } from "../wording";

const SCALARS: Record<Exclude<FieldType, "object">, string> = {
  text: "String",
  json: "String",
  time: "DateTime64(6, 'UTC')",
  int64: "Int64",
  uint64: "UInt64",
  float: "Float64",
  bool: "Bool",
  texts: "Array(String)",
  entries: "String",
};

const isList = (type: string) => /^(Array|Tuple)\(/.test(type);

function typeOf({ type, fields = [] }: SnippetField): string {
  if (type !== "object") return SCALARS[type];
  return `Tuple(${fields.map((field) => `${tickedName(field.name)} ${nullable(typeOf(field))}`).join(", ")})`;
}

const nullable = (type: string) => (isList(type) ? type : `Nullable(${type})`);

/** Every column can be NULL, except lists. In CSV, a list is JSON in a text. */
const structure = ({ fields, format }: TableFiles): string =>
  fields
    .map((field) => ({ ...field, type: format === "csv" && field.type === "texts" ? ("text" as const) : field.type }))
    .map((field) => `${tickedName(field.name)} ${nullable(typeOf(field))}`)
    .join(", ");

/** Characters that globs read otherwise and that nothing escapes: ClickHouse takes `$` for a line's end. */
const SPECIAL = /[*?{}$]/g;

/** `*` stands for all that varies, because `?` makes ClickHouse read escapes in the URL as they are. */
const SYNTAX: GlobSyntax = {
  text: (text) => text.replaceAll(SPECIAL, "*"),
  digits: () => "*",
  one: "*",
  many: "*",
};

/** A key or a glob as a part of a URL. */
const inUrl = (path: string) => path.replaceAll(/[^\w*./~-]/gu, encodeURIComponent);

function base({ endpoint, region, bucket, forcePathStyle }: Reach): string {
  const china = region.startsWith("cn-") ? ".cn" : "";
  const url = new URL(endpoint ?? `https://s3.${region}.amazonaws.com${china}`);
  if (forcePathStyle || bucket.includes(".")) return `${url.origin}${url.pathname.replace(/\/$/, "")}/${bucket}`;
  return `${url.protocol}//${bucket}.${url.host}`;
}

/** Several keys are one glob of alternatives, which is what one call takes; it can't have wildcards inside. */
function url(table: TableFiles, reach: Reach): string {
  const { files, glob } = table;
  if (!files || !hasPlainKeys(files)) return `${base(reach)}/${inUrl(writeGlob(glob, SYNTAX))}`;
  const [first = "", ...rest] = files.map(({ key }) => inUrl(key));
  return `${base(reach)}/${rest.length === 0 ? first : `{${[first, ...rest].join(",")}}`}`;
}

const hasPlainKeys = (files: readonly NamedFile[]) => files.every(({ key }) => key.search(SPECIAL) < 0);

/** Keeps what a wildcard matches beyond the files; null where there is none. */
function where({ files, glob }: TableFiles, { bucket }: Reach): string | null {
  if (!files) return `WHERE match(_path, ${quote(`^${escapeRegex(`${bucket}/`)}${regexText(glob)}$`)})`;
  if (hasPlainKeys(files)) return null;
  return `WHERE _path IN (${files.map(({ key }) => quote(`${bucket}/${key}`)).join(", ")})`;
}

const FORMATS = { jsonl: "JSONEachRow", csv: "CSVWithNames", parquet: "Parquet" } as const;

function call(table: TableFiles, reach: Reach): string {
  const { format, codec, hasFirstLine } = table;
  const name = hasFirstLine ? "TSVRaw" : FORMATS[format as keyof typeof FORMATS];
  const columns = hasFirstLine ? "line String" : structure(table);
  const args = [quote(url(table, reach)), "{id:String}", "{secret:String}", quote(name)];
  // Parquet says its columns itself.
  const rest = format === "parquet" && codec === "none" ? [] : [quote(columns), quote(codec)];
  return `s3(\n${[...args, ...rest].map((arg) => `  ${arg}`).join(",\n")}\n)`;
}

function settings({ format, hasFirstLine, pathColumns }: TableFiles): string {
  const set = [
    `use_hive_partitioning = ${pathColumns.length > 0 && format === "parquet" ? 1 : 0}`,
    ...(format === "jsonl" || format === "csv" ? ["date_time_input_format = 'best_effort'"] : []),
    ...(format === "csv" ? ["input_format_csv_use_default_on_bad_values = 0"] : []),
    ...(hasFirstLine ? ["input_format_tsv_skip_first_lines = 1"] : []),
  ];
  return `SETTINGS ${set.join(", ")}`;
}

/** ClickHouse’s table function for S3, in its program that needs no server. */
export const clickhouse: FilesTool = {
  label: "ClickHouse",
  language: "shell",
  read(table, { reach }) {
    if (table.format === "xml") return noReader("ClickHouse", "XML");
    const parts = [`SELECT count() AS rows FROM ${call(table, reach)}`, where(table, reach), settings(table)];
    const query = parts.filter((part) => part !== null).join("\n");
    const words = [
      "clickhouse local",
      '  --param_id="$AWS_ACCESS_KEY_ID"',
      '  --param_secret="$AWS_SECRET_ACCESS_KEY"',
      `  --query ${shellWord(query)}`,
    ];
    return { text: words.join(" \\\n") };
  },
};
