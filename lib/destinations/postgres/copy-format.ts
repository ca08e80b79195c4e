import { type Format, NO_FRAME } from "@/lib/rows/formats/types";
import type { Field } from "@/lib/rows/shapes/types";
import { utf8 } from "@/lib/rows/text";

/** What a binary COPY begins with: signature, no flags, no extension. Source: PostgreSQL's documentation of COPY, "Binary Format". */
export const COPY_HEADER = Buffer.concat([Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"), Buffer.alloc(8)]);
/** A row of -1 fields ends it. */
export const COPY_TRAILER = Buffer.from([0xff, 0xff]);

/** 2000-01-01, which PostgreSQL counts times from, in microseconds since 1970. */
const EPOCH = 946_684_800_000_000;

/** The most significant byte comes first. */
const int32 = (sql: string) => `reinterpretAsFixedString(byteSwap(toUInt32(${sql})))`;
const int64 = (sql: string) => `concat(${int32("8")}, reinterpretAsFixedString(byteSwap(${sql})))`;

const NULL = "unhex('FFFFFFFF')";
/** jsonb says in which version of its form it comes: as text. */
const JSONB = "char(1)";

const micros = (sql: string) => `toUnixTimestamp64Micro(toDateTime64(${sql}, 6, 'UTC'))`;

function bytes({ kind, made }: Field, sql: string): string {
  // A number that is too large for bigint must fail, not become another one.
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
 * The rows of a binary COPY, without what frames them: every field is its length and its bytes. Nothing is quoted or escaped,
 * by ClickHouse or by PostgreSQL (docs/decisions/0020).
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
  // The warehouse's columns say it.
  replacements: () => [],
};
