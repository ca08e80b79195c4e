/** What a column holds, which decides how a format writes it. `json` is text that should be a JSON value. */
export type ColumnKind = "uuid" | "string" | "time" | "json";

export interface Column {
  name: string;
  kind: ColumnKind;
}

/** What can be exported: a table of the source contract, its columns in the order of the row, and its total order. */
export interface Model {
  table: string;
  columns: readonly Column[];
  /** The column that names an event, for the include and exclude filters. */
  eventColumn: string;
}
