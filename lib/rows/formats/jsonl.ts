import { jsonReasons, jsonValue } from "../json/value";
import type { Field } from "../shapes/types";
import { microTime, orElse, utf8 } from "../text";
import { type Replacement, replacementsOf } from "./replacements";
import { type Piece, raw, templateRow, type Value } from "./row";
import { type Format, NO_FRAME } from "./types";

const asJson = (sql: string): Value => ({ sql, rule: "JSON" });

/** ClickHouse writes NULL as null under the JSON rule; text built by SQL is written unchanged. */
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

/** Length of a value: exact for ids and times, and for text except rare control characters. */
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

/** Text and JSON may hold what JSON Lines can't. */
const replaced = (field: Field): Replacement[] =>
  replacementsOf(field, { json: (sql) => jsonReasons(sql), entries: (sql) => jsonReasons(sql) });

const objectSize = (fields: readonly Field[]): string =>
  // 1: the closing bracket
  [...fields.map((field, i) => `${label(field, i).length} + ${valueSize(field)}`), "1"].join(" + ");

/** JSON Lines: one object per row, with JSON columns nested. Costs half of what JSONEachRow does. */
export const jsonl: Format = {
  label: "JSON Lines",
  clickhouseFormat: "Template",
  extension: "jsonl",
  contentType: "application/x-ndjson",
  compressions: ["gzip", "zstd", "none"],
  compressesInside: false,
  rows: "lines",
  row: ({ fields }) => templateRow([...objectOf(fields), "\n"]),
  // 1: the newline
  sizeExpression: ({ fields }) => `${objectSize(fields)} + 1`,
  frame: () => NO_FRAME,
  replacements: ({ fields }) => fields.flatMap(replaced),
};
