import type { FileBounds } from "../db/schema/runs";
import type { Model } from "../models/types";
import type { Filters } from "../schemas/export";
import type { Window } from "../windows/types";
import { clickhouseTime, micros } from "./time";

/** Which rows of the source: one project's, of one window, that pass the filters. */
export interface Selection {
  model: Model;
  sourceProjectId: number;
  filters: Filters;
  window: Window;
}

/** SQL with its parameters: values never become part of the text. */
export interface Sql {
  sql: string;
  params: Record<string, unknown>;
}

const TIME = "DateTime64(6, 'UTC')";

/** The WHERE of a selection, narrowed to one file's part of the total order (ingestion time, then uuid) where bounds are given. */
export function predicate({ model, sourceProjectId, filters, window }: Selection, bounds?: FileBounds): Sql {
  const parts = ["project_id = {project:UInt32}", `inserted_at >= {start:${TIME}}`, `inserted_at < {end:${TIME}}`];
  const params: Record<string, unknown> = {
    project: sourceProjectId,
    start: clickhouseTime(micros(window.start)),
    end: clickhouseTime(micros(window.end)),
  };
  if (filters.includeEvents.length > 0) {
    parts.push(`${model.eventColumn} IN {include:Array(String)}`);
    params.include = filters.includeEvents;
  }
  if (filters.excludeEvents.length > 0) {
    parts.push(`${model.eventColumn} NOT IN {exclude:Array(String)}`);
    params.exclude = filters.excludeEvents;
  }
  if (bounds?.from) {
    // The plain comparison in front lets ClickHouse use the primary key.
    parts.push(`inserted_at >= {fromTime:${TIME}}`);
    parts.push(`(inserted_at > {fromTime:${TIME}} OR uuid >= {fromUuid:UUID})`);
    Object.assign(params, { fromTime: bounds.from.time, fromUuid: bounds.from.uuid });
  }
  if (bounds?.to) {
    parts.push(`inserted_at <= {toTime:${TIME}}`);
    parts.push(`(inserted_at < {toTime:${TIME}} OR uuid < {toUuid:UUID})`);
    Object.assign(params, { toTime: bounds.to.time, toUuid: bounds.to.uuid });
  }
  return { sql: parts.join(" AND "), params };
}

/** SQL for a row's share of the fingerprint: every column takes part, and the sum (modulo 2^64) does not depend on order. */
export const rowHash = (model: Model) => `cityHash64(${model.columns.map((column) => column.name).join(", ")})`;

/** The query that anyone can ask again to check a receipt: the selection's count and fingerprint. */
export function checkQuery(selection: Selection): Sql {
  const where = predicate(selection);
  const columns = `count() AS rows, sum(${rowHash(selection.model)}) AS fingerprint`;
  return { sql: `SELECT ${columns} FROM ${selection.model.table} WHERE ${where.sql}`, params: where.params };
}
