import type { Window } from "../windows/types";

/** What a key is made from. */
export interface KeyContext {
  prefix: string;
  /** The model's table, for `{table_name}`. */
  tableName: string;
  window: Window;
  /** With what compression adds, without the leading dot: `jsonl.gz`. */
  extension: string;
}

/** A naming of objects: pure, so that a retry finds the same keys. */
export interface Layout {
  fileKey(context: KeyContext, part: { index: number; total: number }): string;
  manifestKey(context: KeyContext): string;
}
