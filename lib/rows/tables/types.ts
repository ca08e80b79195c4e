/**
 * What a column holds, which determines how a format writes it. `json` is text that should be JSON, `strings` an array
 * of strings, `int` an integer of at most 64 bits, with all its digits.
 */
export type ColumnKind = "uuid" | "string" | "strings" | "time" | "json" | "int";

export interface Column {
  name: string;
  kind: ColumnKind;
  /** SQL that reads it, if its name is not enough. */
  sql?: string;
  /** Bits of an integer that is unsigned in the source. */
  unsigned?: 32 | 64;
}

/**
 * What becomes of a table's rows before any filter, where not every row is kept: SQL aggregates over all rows of a
 * window, which add up to the rows that `from` leaves out.
 */
export interface Dropped {
  /** Rows that a later version of the same window replaces. */
  olderVersions?: string;
  /** Latest versions that are a deletion. */
  deleted?: string;
  /** Further rows with the same ID. */
  duplicates: string;
}

/** A table of the source contract: its rows, its columns in order, and its total order. */
export interface SourceTable {
  /** Name in the source, and the value of `{table_name}` in a prefix. */
  table: string;
  /** XML element name of a row. */
  record: string;
  /** SQL to read from: the table, or a query that may use a selection's parameters (project, start, end). */
  from: string;
  /** Missing if `from` has every row of the window. */
  dropped?: Dropped;
  /** SQL to read from before one row becomes several; missing if none does. */
  unexpanded?: string;
  /**
   * SQL of type UUID that orders rows with equal ingestion times: with `inserted_at`, it is the total order that files
   * are cut by. A table without a UUID hashes the whole row, so that only identical rows are indistinguishable.
   */
  id: string;
  columns: readonly Column[];
  /** Column with the event name, for include and exclude filters and for files per event; null if rows have none. */
  eventColumn: string | null;
  /** SQL for rows that always pass property filters. */
  unfiltered?: string;
  /** Columns that property filters may use. */
  propertyColumns: readonly string[];
}
