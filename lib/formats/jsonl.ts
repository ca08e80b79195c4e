import type { Field } from "../shapes/types";
import { jsonString, jsonStrings, orElse, timeText } from "./text";
import { type Format, NO_FRAME } from "./types";

/**
 * ClickHouse's parser refuses numbers beyond 64 bits and beyond a double's range, though JSON allows them: before the second
 * look, long digits and exponents are shortened. Only rows that failed the first look pay for it. Digits within strings are
 * shortened too, but enough of them stay that an escape like \u0e12 remains one, and what is none does not become one.
 */
const shortNumbers = (sql: string) =>
  `replaceRegexpAll(${sql}, '([0-9]{4})[0-9]{12,}|([eE][+-]?)[0-9]{3,}', '\\\\1\\\\2000')`;

const isJson = (sql: string) => `(isValidJSON(${sql}) OR isValidJSON(${shortNumbers(sql)}))`;

/** A byte order mark passes ClickHouse's check, but not a reader's when it stands in the middle of a line. */
const hasMark = (sql: string) => `startsWith(${sql}, '\\xEF\\xBB\\xBF')`;

/**
 * A JSON column goes out as it is, so that numbers keep every digit and objects stay nested. Line breaks between tokens
 * become blanks; what is not JSON becomes a JSON string. The first branch is what almost every row takes.
 */
export const jsonValue = (sql: string) =>
  `if(isValidJSON(${sql}) AND position(${sql}, '\\n') = 0 AND position(${sql}, '\\r') = 0 AND NOT ${hasMark(sql)}, ${sql}, ` +
  `if(${isJson(sql)} AND NOT ${hasMark(sql)}, translate(${sql}, '\\n\\r', '  '), ${jsonString(sql)}))`;

const WRITE: Record<Exclude<Field["kind"], "object">, (sql: string) => string> = {
  uuid: (sql) => `concat('"', toString(${sql}), '"')`,
  time: (sql) => `concat('"', ${timeText(sql)}, '"')`,
  int: (sql) => `toString(${sql})`,
  float: (sql) => `toString(${sql})`,
  bool: (sql) => `if(${sql}, 'true', 'false')`,
  string: jsonString,
  strings: jsonStrings,
  json: jsonValue,
  entries: jsonValue,
};

function value({ kind, sql, nullable, fields }: Field): string {
  if (kind === "object") return objectOf(fields ?? []);
  return nullable ? orElse(sql, "'null'", WRITE[kind]) : WRITE[kind](sql);
}

const quoted = (text: string) => text.replaceAll("\\", "\\\\").replaceAll("'", "\\'");

const label = ({ name }: Field, index: number) => `${index === 0 ? "{" : ","}${JSON.stringify(name)}:`;

const objectOf = (fields: readonly Field[]): string =>
  `concat(${fields.map((field, i) => `'${quoted(label(field, i))}', ${value(field)}`).join(", ")}, '}')`;

/** How long a value is: exact for ids and times, and for text but for its rare control characters. */
function valueSize({ kind, sql, nullable, fields }: Field): string {
  if (kind === "object") return objectSize(fields ?? []);
  if (kind === "uuid") return "38";
  if (kind === "time") return "29";
  if (kind === "bool") return "5";
  const text = kind === "string" ? sql : kind === "strings" ? `arrayStringConcat(${sql}, '","')` : `toString(${sql})`;
  const plain = kind === "json" || kind === "entries" ? `length(${sql})` : `length(${text})`;
  const size =
    kind === "string" || kind === "strings"
      ? `${plain} + countSubstrings(${text}, '"') + countSubstrings(${text}, '\\\\') + 2`
      : plain;
  return nullable ? `ifNull(${size}, 4)` : size;
}

const objectSize = (fields: readonly Field[]): string =>
  // 1: the closing bracket
  [...fields.map((field, i) => `${label(field, i).length} + ${valueSize(field)}`), "1"].join(" + ");

/** JSON lines: one object a row, built as text in SQL, which is several times as fast as JSONEachRow and keeps JSON nested. */
export const jsonl: Format = {
  label: "JSON lines",
  clickhouseFormat: "TSVRaw",
  extension: "jsonl",
  contentType: "application/x-ndjson",
  compressions: ["gzip", "zstd", "none"],
  compressesInside: false,
  rows: "lines",
  select: ({ fields }) => objectOf(fields),
  // 1: the line's end
  sizeExpression: ({ fields }) => `${objectSize(fields)} + 1`,
  frame: () => NO_FRAME,
};
