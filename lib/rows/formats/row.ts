/** Escaping rule of a value in a row. Source: "Template" in ClickHouse's documentation of formats. */
export type Rule = "Raw" | "JSON" | "CSV";

/** A value of a row: an SQL expression and its escaping rule. */
export interface Value {
  sql: string;
  rule: Rule;
}

/** Text built by SQL, written unchanged. */
export const raw = (sql: string): Value => ({ sql, rule: "Raw" });

/** Parts of a row in output order: literal text and values. */
export type Piece = string | Value;

/** The SELECT list of a row, and ClickHouse's layout for it. */
export interface Row {
  select: string;
  /** ClickHouse's row template; null if the format has its own layout. */
  template: string | null;
}

/** Escapes literal text for a template. Throws on a NUL, where ClickHouse would end the template. */
export function templateText(text: string): string {
  if (text.includes("\0")) throw new Error("A template can't hold a NUL.");
  return text.replaceAll("$", "$$$$");
}

/**
 * A row for ClickHouse's Template format, which writes each value directly to the output; an expression would copy the
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
