import { type Format, NO_FRAME } from "@/lib/rows/formats/types";
import type { Field } from "@/lib/rows/shapes/types";
import { utf8 } from "@/lib/rows/text";

/** PostgreSQL's epoch, 2000-01-01, in microseconds since 1970. */
const EPOCH = 946_684_800_000_000;

/** In network byte order. */
const int32 = (sql: string) => `reinterpretAsFixedString(byteSwap(toUInt32(${sql})))`;
const int64 = (sql: string) => `concat(${int32("8")}, reinterpretAsFixedString(byteSwap(${sql})))`;

const NULL = "unhex('FFFFFFFF')";
/** jsonb starts with the version of its format: 1 is text. */
const JSONB = "char(1)";

const micros = (sql: string) => `toUnixTimestamp64Micro(toDateTime64(${sql}, 6, 'UTC'))`;

function bytes({ kind, made }: Field, sql: string): string {
  // A number too large for bigint must fail, not wrap around.
  if (kind === "int") return int64(`accurateCast(${sql}, 'Int64')`);
  if (kind === "time") return int64(`toInt64(${micros(sql)} - ${EPOCH})`);
  const text = made ? sql : utf8(sql);
  return kind === "json"
    ? `concat(${int32(`length(${text}) + 1`)}, ${JSONB}, ${text})`
    : `concat(${int32(`length(${text})`)}, ${text})`;
}

const value = (field: Field): string =>
  field.nullable
    ? `if(isNull(${field.sql}), ${NULL}, ${bytes(field, `assumeNotNull(${field.sql})`)})`
    : bytes(field, field.sql);

function size({ kind, sql, nullable, made }: Field): string {
  if (made) return `${made} + 4`;
  if (kind === "int" || kind === "time") return "12";
  return nullable ? `ifNull(length(${sql}), 0) + 4` : `length(${sql}) + 4`;
}

const fieldCount = ({ length }: readonly Field[]) => `unhex('${length.toString(16).padStart(4, "0")}')`;

/**
 * The rows of a binary COPY, without header and trailer: each field is its length and its bytes. Neither ClickHouse nor
 * PostgreSQL quotes or escapes anything (docs/decisions/0020).
 */
export const copyRows: Format = {
  label: "PostgreSQL's binary COPY",
  clickhouseFormat: "RawBLOB",
  extension: "copy",
  contentType: "application/octet-stream",
  compressions: ["none"],
  compressesInside: false,
  rows: "copy",
  row: ({ fields }) => ({
    select: `concat(${[fieldCount(fields), ...fields.map(value)].join(", ")})`,
    template: null,
  }),
  sizeExpression: ({ fields }) => `${fields.map(size).join(" + ")} + 2`,
  frame: () => NO_FRAME,
  // The warehouse's shape lists them.
  replacements: () => [],
};
