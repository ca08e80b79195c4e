import type { Field, Shape } from "../shapes/types";
import { jsonStrings, orElse, timeText, utf8 } from "./text";
import type { Format, FormatOptions } from "./types";

const quotedText = (sql: string) => `concat('"', replaceAll(${sql}, '"', '""'), '"')`;

/** What a spreadsheet takes for a formula, by its first character. */
const isFormula = (sql: string) => `substring(${sql}, 1, 1) IN ('=', '+', '-', '@', '\\t', '\\r')`;

const defused = (sql: string) => `if(${isFormula(sql)}, concat('''', ${sql}), ${sql})`;

function writer(kind: Field["kind"], { defuseFormulas }: FormatOptions): (sql: string) => string {
  const text = (sql: string) => quotedText(defuseFormulas ? defused(utf8(sql)) : utf8(sql));
  if (kind === "uuid" || kind === "int" || kind === "float") return (sql) => `toString(${sql})`;
  if (kind === "time") return timeText;
  if (kind === "bool") return (sql) => `if(${sql}, 'true', 'false')`;
  return kind === "strings" ? (sql) => text(jsonStrings(sql)) : text;
}

function value({ kind, sql, nullable }: Field, options: FormatOptions): string {
  const write = writer(kind, options);
  return nullable ? orElse(sql, "''", write) : write(sql);
}

function size({ kind, sql, nullable }: Field): string {
  if (kind === "uuid") return "36";
  if (kind === "time") return "27";
  if (kind === "bool") return "5";
  if (kind === "int" || kind === "float")
    return nullable ? `ifNull(length(toString(${sql})), 0)` : `length(toString(${sql}))`;
  const text = kind === "strings" ? `toString(${sql})` : sql;
  const length = `length(${text}) + countSubstrings(${text}, '"') + 2`;
  return nullable ? `ifNull(${length}, 0)` : length;
}

const header = ({ fields }: Shape) => `${fields.map(({ name }) => name).join(",")}\r\n`;

/**
 * CSV as RFC 4180 has it: a header, commas, CRLF. Text is always quoted, with its line breaks and NULs as they are and quotes
 * doubled; numbers, ids and times are not. NULL is nothing at all between two commas, the empty text is `""`.
 */
export const csv: Format = {
  label: "CSV",
  clickhouseFormat: "TSVRaw",
  extension: "csv",
  contentType: "text/csv; charset=utf-8",
  compressions: ["gzip", "zstd", "none"],
  compressesInside: false,
  rows: "csv",
  select: ({ fields }, options) => `concat(${fields.map((field) => value(field, options)).join(", ',', ")}, '\\r')`,
  // 2 for the line's end; each field has a comma but the last.
  sizeExpression: ({ fields }) => `${fields.map(size).join(" + ")} + ${fields.length + 1}`,
  frame: (shape) => ({ before: header(shape), after: "" }),
};
