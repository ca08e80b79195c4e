import type { ColumnKind } from "../tables/types";

/**
 * What a field of a file holds. Besides the kinds of columns: `float`, `bool`, `number` (a date as CleverTap writes it, or any
 * other integer that is computed), `object` (fields within a field) and `entries` (a JSON object that XML writes as entries).
 */
export type FieldKind = ColumnKind | "float" | "bool" | "object" | "entries";

export interface Field {
  name: string;
  kind: FieldKind;
  /** SQL for its value; of a Nullable type where `nullable` says so. An `object` has none. */
  sql: string;
  nullable?: boolean;
  /**
   * SQL for about how many bytes it takes; given by a `json` whose SQL has made JSON of whatever was there. Formats need not look
   * at that text again: an `if` around SQL that has an `if` of its own has ClickHouse compute all branches of every row.
   */
  made?: string;
  /** SQL for the JSON document that it was taken from, where the file has nothing else of that document. */
  takenFrom?: string;
  /** The type that Parquet has a whole number in; left out where it is the source's own, which may be unsigned. */
  parquetType?: string;
  /** What an `object` consists of. */
  fields?: readonly Field[];
}

/** Expressions, each with its alias. */
export type Stage = readonly string[];

/** What one row of a file looks like, whatever the format. */
export interface Shape {
  /** What an XML element calls one row. */
  record: string;
  fields: readonly Field[];
  /**
   * SQL expressions with their aliases that the fields' SQL refers to, by the order in which they are computed: those of a stage refer to
   * the stages before it. ClickHouse would write an alias out wherever it is used.
   */
  stages?: readonly Stage[];
}
