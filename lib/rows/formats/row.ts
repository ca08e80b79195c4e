/** How ClickHouse writes a value into a row. Source: "Template" in ClickHouse's documentation of formats. */
export type Rule = "Raw" | "JSON" | "CSV";

/** A value of a row: an SQL expression, and how its result is written. */
export interface Value {
  sql: string;
  rule: Rule;
}

/** A value that SQL has made into text: it is written as it is. */
export const raw = (sql: string): Value => ({ sql, rule: "Raw" });

/** A row in the order in which it is written: text as it is, and values. */
export type Piece = string | Value;

/** What is selected for a row, and how ClickHouse lays it out. */
export interface Row {
  select: string;
  /** ClickHouse's template of a row; null where the format has a layout of its own. */
  template: string | null;
}

/** Text that a template takes as it is. Throws when it has a NUL, at which ClickHouse would end the template. */
export function templateText(text: string): string {
  if (text.includes("\0")) throw new Error("A template can't hold a NUL.");
  return text.replaceAll("$", "$$$$");
}

/**
 * A row for ClickHouse's Template format. It writes every value straight into its answer, where an expression would copy the
 * whole row once more.
 */
export function templateRow(pieces: readonly Piece[]): Row {
  const values = pieces.filter((piece) => typeof piece !== "string");
  const names = new Map(values.map((value, index) => [value, `v${index}`]));
  const template = pieces.map((piece) =>
    typeof piece === "string" ? templateText(piece) : `\${${names.get(piece)}:${piece.rule}}`,
  );
  return {
    select: values.map((value) => `${value.sql} AS ${names.get(value)}`).join(", "),
    template: template.join(""),
  };
}
