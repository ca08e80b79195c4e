import type { Field } from "../shapes/types";
import { type Piece, raw, templateRow, type Value } from "./row";
import { jsonString, microTime, orElse, utf8 } from "./text";
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

const asJson = (sql: string): Value => ({ sql, rule: "JSON" });

/** ClickHouse writes NULL as null under the rule JSON; text that SQL has made is written as it is. */
const WRITE: Record<Exclude<Field["kind"], "object">, (sql: string, nullable: boolean) => Value> = {
  uuid: asJson,
  time: (sql) => asJson(microTime(sql)),
  int: asJson,
  float: asJson,
  bool: (sql, nullable) => raw(textOr(sql, nullable, (value) => `if(${value}, 'true', 'false')`)),
  string: (sql) => asJson(utf8(sql)),
  strings: (sql) => asJson(`arrayMap(s -> ${utf8("s")}, ${sql})`),
  json: (sql, nullable) => raw(textOr(sql, nullable, jsonValue)),
  entries: (sql, nullable) => raw(textOr(sql, nullable, jsonValue)),
};

const textOr = (sql: string, nullable: boolean, write: (sql: string) => string) =>
  nullable ? orElse(sql, "'null'", write) : write(sql);

const label = ({ name }: Field, index: number) => `${index === 0 ? "{" : ","}${JSON.stringify(name)}:`;

function pieces({ kind, sql, nullable = false, fields }: Field): Piece[] {
  return kind === "object" ? objectOf(fields ?? []) : [WRITE[kind](sql, nullable)];
}

const objectOf = (fields: readonly Field[]): Piece[] => [
  ...fields.flatMap((field, i) => [label(field, i), ...pieces(field)]),
  "}",
];

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

/** JSON lines: one object a row, with JSON columns nested as they are. Half of what JSONEachRow costs. */
export const jsonl: Format = {
  label: "JSON lines",
  clickhouseFormat: "Template",
  extension: "jsonl",
  contentType: "application/x-ndjson",
  compressions: ["gzip", "zstd", "none"],
  compressesInside: false,
  rows: "lines",
  row: ({ fields }) => templateRow([...objectOf(fields), "\n"]),
  // 1: the line's end
  sizeExpression: ({ fields }) => `${objectSize(fields)} + 1`,
  frame: () => NO_FRAME,
};
