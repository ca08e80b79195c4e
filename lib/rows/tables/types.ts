/**
 * What a column holds, which decides how a format writes it. `json` is text that should be a JSON value, `strings` an array
 * of texts, `int` a whole number of at most 64 bits, with all its digits.
 */
export type ColumnKind = "uuid" | "string" | "strings" | "time" | "json" | "int";

export interface Column {
  name: string;
  kind: ColumnKind;
  /** SQL that reads it, where its name alone is not enough. */
  sql?: string;
  /** The bits of a whole number that the source has without a sign. */
  unsigned?: 32 | 64;
}

/** A table of the source contract, as it is read: its rows, its columns in the order of the row, and its total order. */
export interface SourceTable {
  /** Its name in the source, which is also what `{table_name}` in a prefix stands for. */
  table: string;
  /** What an XML element calls one row. */
  record: string;
  /** SQL to read from: the table, or a query over it that may use the parameters of a selection (project, start, end). */
  from: string;
  /**
   * SQL of type UUID that orders rows of one ingestion time: with `inserted_at` it is the total order that files are cut by.
   * Where a table has no UUID it is a hash of the whole row, so that only rows that are equal in everything are told apart by
   * nothing.
   */
  id: string;
  columns: readonly Column[];
  /** The column that names an event, for the include and exclude filters and for files by event; null where rows have none. */
  eventColumn: string | null;
  /** SQL for rows that filters on properties let pass, whatever they hold. */
  unfiltered?: string;
  /** The columns that filters on properties may look into. */
  propertyColumns: readonly string[];
}
