import { textOfJson } from "../json/document";
import { objectEntries } from "../json/entries";
import { jsonReasons } from "../json/value";
import type { Field, Shape } from "../shapes/types";
import { microTime, orElse, timeText, utf8 } from "../text";
import { replacementsOf, textReasons } from "./replacements";
import { type Piece, raw, templateRow } from "./row";
import type { Format } from "./types";

/** Characters that XML 1.0 can't represent: control characters except tab and line breaks, U+FFFE, and U+FFFF. */
const BARRED = "[\\\\x00-\\\\x08\\\\x0B\\\\x0C\\\\x0E-\\\\x1F\\\\x{FFFE}\\\\x{FFFF}]";

/**
 * Each barred character becomes U+FFFD. Line breaks become references: parsers keep them, and a row stays on one line.
 */
const text = (sql: string) =>
  `replaceAll(replaceAll(replaceRegexpAll(encodeXMLComponent(${utf8(sql)}), '${BARRED}', '\\xEF\\xBF\\xBD'), '\\n', '&#10;'), '\\r', '&#13;')`;

/**
 * Keys and values of a JSON object: strings as text, everything else as JSON. Anything but an object is one entry
 * without a key, so that nothing is lost.
 */
const pairs = (sql: string) =>
  `arrayMap(e -> (tupleElement(e, 1), ${textOfJson("tupleElement(e, 2)")}), ${objectEntries(sql)})`;

const entry = `concat('<entry><key>', ${text("tupleElement(p, 1)")}, '</key><value>', ${text("tupleElement(p, 2)")}, '</value></entry>')`;

const WRITE: Record<Exclude<Field["kind"], "object" | "strings">, (sql: string) => string> = {
  uuid: (sql) => `toString(${sql})`,
  time: timeText,
  int: (sql) => `toString(${sql})`,
  float: (sql) => `toString(${sql})`,
  bool: (sql) => `if(${sql}, 'true', 'false')`,
  string: text,
  json: text,
  entries: (sql) => `arrayStringConcat(arrayMap(p -> ${entry}, ${pairs(sql)}))`,
};

const inElement = (name: string, ...content: Piece[]): Piece[] => [`<${name}>`, ...content, `</${name}>`];
const elementSql = (name: string, sql: string) => `concat('<${name}>', ${sql}, '</${name}>')`;

/** NULL writes no element. */
function element({ name, kind, sql, nullable, fields = [] }: Field): Piece[] {
  if (kind === "object") return inElement(name, ...fields.flatMap(element));
  if (kind === "strings") return [raw(`arrayStringConcat(arrayMap(s -> ${elementSql(name, text("s"))}, ${sql}))`)];
  if (!nullable) return inElement(name, kind === "time" ? raw(microTime(sql)) : raw(WRITE[kind](sql)));
  return [raw(orElse(sql, "''", (value) => elementSql(name, WRITE[kind](value))))];
}

function size({ name, kind, sql, nullable, fields = [] }: Field): string {
  const tags = 2 * name.length + 5;
  if (kind === "object") return `${tags} + ${fields.map(size).join(" + ")}`;
  if (kind === "uuid" || kind === "time") return String(tags + 36);
  // About 40 bytes of tags per entry; `":` counts the entries.
  if (kind === "entries") return `${tags} + length(${sql}) + 40 * (1 + countSubstrings(${sql}, '":'))`;
  const length = `${tags} + length(toString(${sql}))`;
  return nullable ? `ifNull(${length}, 0)` : length;
}

const barredIn = (sql: string) => `countMatches(${utf8(sql)}, '${BARRED}')`;

/** Counts a field's characters that are replaced; ids, numbers, and times have none. */
function replaced({ kind, sql, nullable, fields = [] }: Field): string[] {
  if (kind === "object") return fields.flatMap(replaced);
  if (kind === "strings") return [`arraySum(s -> ${barredIn("s")}, ${sql})`];
  if (kind === "entries")
    return [`arraySum(p -> ${barredIn("tupleElement(p, 1)")} + ${barredIn("tupleElement(p, 2)")}, ${pairs(sql)})`];
  if (kind !== "string" && kind !== "json") return [];
  return [nullable ? orElse(sql, "0", barredIn) : barredIn(sql)];
}

const hasBarred = (sql: string) => `match(${utf8(sql)}, '${BARRED}')`;
const textLook = textReasons({ when: hasBarred, reason: "control_character" });
const entriesLook = (sql: string) =>
  `arrayConcat(${jsonReasons(sql)}, if(arrayExists(p -> ${hasBarred("tupleElement(p, 1)")} OR ${hasBarred("tupleElement(p, 2)")}, ${pairs(sql)}), ` +
  `['control_character'], []))`;

const wrap = (text: string) => `<?xml version="1.0" encoding="UTF-8"?>\n<${text}>\n`;
const root = ({ record }: Shape) => `${record}s`;

/** XML, one element per row and line. Events use CleverTap's schema. */
export const xml: Format = {
  label: "XML",
  clickhouseFormat: "Template",
  extension: "xml",
  contentType: "application/xml",
  compressions: ["gzip", "zstd", "none"],
  compressesInside: false,
  rows: "lines",
  row: ({ record, fields }) => templateRow([...inElement(record, ...fields.flatMap(element)), "\n"]),
  sizeExpression: ({ record, fields }) => [...fields.map(size), String(2 * record.length + 6)].join(" + "),
  frame: (shape) => ({ before: wrap(root(shape)), after: `</${root(shape)}>\n` }),
  replacements: ({ fields }) =>
    fields.flatMap((field) => replacementsOf(field, { string: textLook, json: textLook, entries: entriesLook })),
  replacedExpression: ({ fields }) => ["0", ...fields.flatMap(replaced)].join(" + "),
};
