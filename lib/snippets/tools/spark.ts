import type { Reach } from "@/lib/destinations/reading-types";
import { CLASSES, writeGlob } from "../glob";
import { pythonText, tickedName } from "../quote";
import type { FieldType, FilesTool, SnippetField, TableFiles } from "../types";
import { lines, wrapped } from "../wording";

const SCALARS: Record<Exclude<FieldType, "object">, string> = {
  text: "STRING",
  json: "STRING",
  time: "TIMESTAMP",
  int64: "BIGINT",
  uint64: "DECIMAL(20,0)",
  float: "DOUBLE",
  bool: "BOOLEAN",
  texts: "ARRAY<STRING>",
  entries: "STRING",
};

const typeOf = ({ type, fields = [] }: SnippetField): string =>
  type === "object"
    ? `STRUCT<${fields.map((field) => `${tickedName(field.name)}: ${typeOf(field)}`).join(", ")}>`
    : SCALARS[type];

const schema = ({ fields, format }: TableFiles): string =>
  fields
    .map((field) => ({ ...field, type: format === "csv" && field.type === "texts" ? ("text" as const) : field.type }))
    .map((field) => `${tickedName(field.name)} ${typeOf(field)}`)
    .join(", ");

/** Credentials come from the chain of hadoop-aws: the environment, a profile, or an instance's role. */
function session({ endpoint, region, forcePathStyle, requesterPays }: Reach): string {
  const settings = [
    ...(endpoint === null ? [] : [["endpoint", endpoint]]),
    ["endpoint.region", region],
    ...(forcePathStyle ? [["path.style.access", "true"]] : []),
    ...(requesterPays ? [["requester.pays.enabled", "true"]] : []),
  ] as const;
  const configs = settings.map(
    ([name, value]) => `    .config(${pythonText(`spark.hadoop.fs.s3a.${name}`)}, ${pythonText(String(value))})`,
  );
  const zone = '    .config("spark.sql.session.timeZone", "UTC")';
  return ["spark = (", "    SparkSession.builder", ...configs, zone, "    .getOrCreate()", ")"].join("\n");
}

/** The folder that partition columns are read from: the keys' text before the first of them. */
function basePath({ glob, pathColumns }: TableFiles, { bucket }: Reach): string | null {
  const [first] = pathColumns;
  if (first === undefined) return null;
  const all = writeGlob(glob, CLASSES);
  const at = all.toLowerCase().indexOf(`${first}=`);
  const before = at < 0 ? all : all.slice(0, at);
  return /[*[]/.test(before) ? null : `s3a://${bucket}/${before}`;
}

function paths({ files, glob }: TableFiles, { bucket }: Reach): string {
  const urls = files ? files.map(({ key }) => CLASSES.text(key)) : [writeGlob(glob, CLASSES)];
  return `paths = [\n${lines(
    urls.map((url) => pythonText(`s3a://${bucket}/${url}`)),
    "    ",
  )}\n]`;
}

function reader(table: TableFiles, reach: Reach): string {
  const base = basePath(table, reach);
  const options = (pairs: readonly (readonly [string, string])[]) =>
    [...(base === null ? [] : [["basePath", base] as const]), ...pairs]
      .map(([name, value]) => `.option(${pythonText(name)}, ${pythonText(value)})`)
      .join("");
  const typed = `.schema(${pythonText(schema(table))})`;
  if (table.format === "parquet") return `rows = spark.read${options([])}.parquet(*paths)`;
  if (table.format === "xml")
    return `rows = spark.read${options([["rowTag", table.record]])}.format("xml").load(",".join(paths))`;
  if (table.format === "csv") {
    const quoting = [
      ["quote", '"'],
      ["escape", '"'],
      ["nullValue", ""],
      ["emptyValue", ""],
    ] as const;
    return `rows = spark.read${typed}${options([["header", "true"], ["multiLine", "true"], ...quoting])}.csv(paths)`;
  }
  if (!table.hasFirstLine) return `rows = spark.read${typed}${options([])}.json(paths)`;
  // The first line is an event's name.
  return `from pyspark.sql.functions import col, from_json

lines = spark.read.text(paths)
parsed = lines.select(from_json("value", ${pythonText(schema(table))}).alias("row"))
rows = parsed.where(col(${pythonText(`row.${table.fields.find(({ type }) => type === "int64")?.name ?? "ts"}`)}).isNotNull()).select("row.*")`;
}

const JAVA_ONLY =
  "Spark needs Hadoop’s native library to read zstd around text files; its Python package comes without.";

/** Spark from Python, with hadoop-aws. */
export const spark: FilesTool = {
  label: "Spark (PySpark)",
  language: "python",
  read(table, { reach }) {
    if (table.format === "parquet" && table.codec !== "none") return wrapped("Spark");
    const text = [
      "from pyspark.sql import SparkSession",
      session(reach),
      paths(table, reach),
      reader(table, reach),
      "print(rows.count())",
    ].join("\n\n");
    const notes = [
      ...(table.codec === "zstd" ? [JAVA_ONLY] : []),
      ...(table.format === "xml" ? ["Spark reads XML from version 4.0 on."] : []),
    ];
    return notes.length > 0 ? { text, note: notes.join(" ") } : { text };
  },
};
