import { KIB, MIB } from "../../units";
import type { Field } from "../shapes/types";
import { utf8 } from "../text";
import { replacementsOf } from "./replacements";
import { type Format, NO_FRAME } from "./types";

/** Bytes per row group before compression. Readers hold a whole group in memory. */
const ROW_GROUP = 128 * MIB;

/**
 * Maximum bytes of a column's dictionary: event names fit, ids don't. Larger dictionaries and bloom filters cost a
 * third of all CPU time, for files that are hardly smaller (docs/decisions/0023).
 */
const DICTIONARY = 64 * KIB;

const text = (sql: string) => `CAST(${utf8(sql)} AS String)`;

/** Ids are text, because not every reader supports Parquet's UUID type. */
function column({ kind, sql, nullable, made, parquetType }: Field): string {
  if (made) return sql;
  // A value that doesn't fit the type is an error, never another value.
  if (parquetType) return `accurateCast(${sql}, '${parquetType}')`;
  if (kind === "uuid") return `toString(${sql})`;
  if (kind === "strings") return `arrayMap(s -> ${text("s")}, ${sql})`;
  if (kind === "string" || kind === "json" || kind === "entries")
    return nullable ? `if(isNull(${sql}), NULL, ${text(`assumeNotNull(${sql})`)})` : text(sql);
  return sql;
}

function size({ kind, sql, nullable, made }: Field): string {
  if (made) return `${made} + 4`;
  if (kind === "uuid") return "40";
  if (kind === "strings") return `length(arrayStringConcat(${sql})) + 8`;
  if (kind !== "string" && kind !== "json" && kind !== "entries") return "8";
  return nullable ? `ifNull(length(${sql}), 0) + 4` : `length(${sql}) + 4`;
}

/** Parquet with typed columns: strings, integers, lists of strings, and times in UTC microseconds. */
export const parquet: Format = {
  label: "Parquet",
  clickhouseFormat: "Parquet",
  extension: "parquet",
  contentType: "application/vnd.apache.parquet",
  compressions: ["zstd", "snappy", "gzip", "lz4", "none"],
  compressesInside: true,
  rows: "parquet",
  row: ({ fields }) => ({
    select: fields.map((field) => `${column(field)} AS \`${field.name}\``).join(", "),
    template: null,
  }),
  sizeExpression: ({ fields }) => fields.map(size).join(" + "),
  frame: () => NO_FRAME,
  replacements: ({ fields }) => fields.flatMap((field) => replacementsOf(field, {})),
  settings: (compression, level) => ({
    output_format_parquet_compression_method: compression,
    output_format_compression_level: String(level ?? 3),
    output_format_parquet_row_group_size: 100_000_000,
    output_format_parquet_row_group_size_bytes: ROW_GROUP,
    output_format_parquet_write_bloom_filter: 0,
    // The receipt has the checksum of the whole file.
    output_format_parquet_write_checksums: 0,
    output_format_parquet_max_dictionary_size: DICTIONARY,
  }),
};

/**
 * Parquet for readers that refuse required columns, even if their own schema only allows NULL. Only scalar columns can
 * be optional.
 */
export const optionalParquet: Format = {
  ...parquet,
  row: ({ fields }) => ({
    select: fields.map((field) => `toNullable(${column(field)}) AS \`${field.name}\``).join(", "),
    template: null,
  }),
};
