import type { Field, Shape } from "../shapes/types";
import { jsonStrings, microTime, orElse, timeText, utf8 } from "../text";
import { type Looks, replacementsOf, textReasons } from "./replacements";
import { type Piece, templateRow, type Value } from "./row";
import type { Format, FormatOptions } from "./types";

/** First characters that make a spreadsheet treat text as a formula. */
const isFormula = (sql: string) => `substring(${sql}, 1, 1) IN ('=', '+', '-', '@', '\\t', '\\r')`;

const defused = (sql: string) => `if(${isFormula(sql)}, concat('''', ${sql}), ${sql})`;

/** Under the CSV rule, ClickHouse quotes text and, with `NULL_AS_NOTHING`, writes NULL as nothing. */
function value({ kind, sql, nullable }: Field, { defuseFormulas }: FormatOptions): Value {
  const textOf = (text: string): Value => ({ sql: defuseFormulas ? defused(utf8(text)) : utf8(text), rule: "CSV" });
  const plain = (write: (sql: string) => string): Value => ({
    sql: nullable ? orElse(sql, "''", write) : write(sql),
    rule: "Raw",
  });
  if (kind === "uuid" || kind === "int" || kind === "float") return nullable ? plain(text) : { sql, rule: "Raw" };
  if (kind === "time") return nullable ? plain(timeText) : { sql: microTime(sql), rule: "Raw" };
  if (kind === "bool") return plain((it) => `if(${it}, 'true', 'false')`);
  return textOf(kind === "strings" ? jsonStrings(sql) : sql);
}

const text = (sql: string) => `toString(${sql})`;

function size({ kind, sql, nullable }: Field, closely: boolean): string {
  if (kind === "uuid") return "36";
  if (kind === "time") return "27";
  if (kind === "bool") return "5";
  if (kind === "int" || kind === "float")
    return nullable ? `ifNull(length(toString(${sql})), 0)` : `length(toString(${sql}))`;
  const text = kind === "strings" ? `toString(${sql})` : sql;
  // Counting quotes costs more than the rest of a plan combined.
  const length = `length(${text}) + ${closely ? `countSubstrings(${text}, '"') + ` : ""}2`;
  return nullable ? `ifNull(${length}, 0)` : length;
}

const NULL_AS_NOTHING = { format_csv_null_representation: "" };

/** Lists are written as JSON, which no spreadsheet treats as a formula. */
const looks = (defuseFormulas: boolean): Looks =>
  defuseFormulas
    ? Object.fromEntries(
        (["string", "json", "entries"] as const).map((kind) => [
          kind,
          textReasons({ when: isFormula, reason: "formula" }),
        ]),
      )
    : {};

const header = ({ fields }: Shape) => `${fields.map(({ name }) => name).join(",")}\r\n`;

/**
 * CSV per RFC 4180: a header, commas, CRLF. Text is always quoted, with quotes doubled and line breaks and NULs kept;
 * numbers, ids, and times are not. NULL is nothing between two commas; the empty string is `""`.
 */
export const csv: Format = {
  label: "CSV",
  clickhouseFormat: "Template",
  extension: "csv",
  contentType: "text/csv; charset=utf-8",
  compressions: ["gzip", "zstd", "none"],
  compressesInside: false,
  rows: "csv",
  row: ({ fields }, options) =>
    templateRow([...fields.flatMap((field, i): Piece[] => [i === 0 ? "" : ",", value(field, options)]), "\r\n"]),
  // 2 for the CRLF, and a comma after every field but the last.
  sizeExpression: ({ fields }, closely) =>
    `${fields.map((field) => size(field, closely)).join(" + ")} + ${fields.length + 1}`,
  replacements: ({ fields }, { defuseFormulas }) =>
    fields.flatMap((field) => replacementsOf(field, looks(defuseFormulas))),
  frame: (shape) => ({ before: header(shape), after: "" }),
  settings: () => NULL_AS_NOTHING,
};
