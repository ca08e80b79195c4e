import { rowHash } from "./row-hash";
import type { SourceTable } from "./types";
import { IN_WINDOW } from "./window";

/**
 * A table reduced to the first row per id within a window, for sources that repeat rows until a merge removes them.
 * Rows that arrived at the same time are ordered by their whole content, so that every query keeps the same one.
 */
export function oncePerId(model: SourceTable): SourceTable {
  // A query already has one row per id.
  if (model.from !== model.table) return model;
  const { table, id } = model;
  const order = `inserted_at, ${id}, ${rowHash(model)}`;
  return {
    ...model,
    from: `(SELECT * FROM ${table} WHERE ${IN_WINDOW} ORDER BY ${order} LIMIT 1 BY ${id})`,
    dropped: { duplicates: `count() - uniqExact(${id})` },
  };
}
