import type { ColumnKind } from "../tables/types";

/**
 * What a field of a file holds. In addition to the kinds of columns: `float`, `bool`, `object` (nested fields), and
 * `entries` (a JSON object that XML writes as entries).
 */
export type FieldKind = ColumnKind | "float" | "bool" | "object" | "entries";

export interface Field {
  name: string;
  kind: FieldKind;
  /** SQL for its value, of a Nullable type if `nullable` is set. An `object` has none. */
  sql: string;
  nullable?: boolean;
  /**
   * SQL that estimates its bytes, set by a `json` field whose SQL already makes valid JSON. Formats need not process it
   * again: for an `if` around another `if`, ClickHouse computes all branches for every row.
   */
  made?: string;
  /** SQL for the JSON document that it was taken from, if the file has nothing else of that document. */
  takenFrom?: string;
  /** Parquet type of an integer; absent if it is the source's own, which may be unsigned. */
  parquetType?: string;
  /** Fields of an `object`. */
  fields?: readonly Field[];
}

/** Aliased expressions. */
export type Stage = readonly string[];

/** What a row of a file looks like, in any format. */
export interface Shape {
  /** XML element name of a row. */
  record: string;
  fields: readonly Field[];
  /**
   * Aliased SQL expressions that the fields refer to, in the order they are computed: each stage refers only to earlier
   * ones. ClickHouse would expand an alias at every use.
   */
  stages?: readonly Stage[];
}
