import type { FileBounds } from "../db/schema/run-files";
import type { Filters } from "../fields/filters";
import { SALT_PARAM } from "../rows/shapes/columns";
import { rowHash } from "../rows/tables/row-hash";
import type { SourceTable } from "../rows/tables/types";
import { IN_WINDOW, TIME_TYPE } from "../rows/tables/window";
import type { Window } from "../windows/types";
import { propertyConditions } from "./property-filters";
import { clickhouseTime, micros } from "./time";

/** Selects rows of the source: one project, table, and window, with filters. */
export interface Selection {
  model: SourceTable;
  sourceProjectId: number;
  filters: Filters;
  window: Window;
}

/** SQL with its parameters: values never become part of the text. */
export interface Sql {
  sql: string;
  params: Record<string, unknown>;
}

/** Binds the salt of hashed columns. Only writes use it, never a receipt's check query. */
export const saltParam = (salt: string): Sql["params"] => ({ [SALT_PARAM]: salt });

/** SQL conditions with their parameters. */
interface Conditions {
  parts: string[];
  params: Sql["params"];
}

/** Event filters, for tables with an event column; an export's other tables are not filtered. */
export function eventConditions({ model, filters }: Selection): Conditions {
  const parts: string[] = [];
  const params: Sql["params"] = {};
  if (model.eventColumn && filters.includeEvents.length > 0) {
    parts.push(`${model.eventColumn} IN {include:Array(String)}`);
    params.include = filters.includeEvents;
  }
  if (model.eventColumn && filters.excludeEvents.length > 0) {
    parts.push(`${model.eventColumn} NOT IN {exclude:Array(String)}`);
    params.exclude = filters.excludeEvents;
  }
  return { parts, params };
}

/** Property filters for which the table has columns. */
export function propertiesConditions({ model, filters }: Selection): Conditions {
  const { parts, params } = propertyConditions(model, filters.properties);
  const { unfiltered } = model;
  return { parts: unfiltered ? parts.map((part) => `(${unfiltered} OR ${part})`) : parts, params };
}

/** A selection's project and window as parameters. */
export const windowParams = ({ sourceProjectId, window }: Selection): Sql["params"] => ({
  project: sourceProjectId,
  start: clickhouseTime(micros(window.start)),
  end: clickhouseTime(micros(window.end)),
});

/** One file's part: its event and hour, if files are split by them, and its range of the total order. */
function fileConditions({ model }: Selection, bounds: FileBounds): Conditions {
  const { from, to, event, hour } = bounds;
  const parts: string[] = [];
  const params: Sql["params"] = {};
  if (event !== undefined && model.eventColumn) {
    parts.push(`${model.eventColumn} = unhex({event:String})`);
    params.event = event;
  }
  if (hour) {
    parts.push(`inserted_at >= {hourStart:${TIME_TYPE}}`, `inserted_at < {hourEnd:${TIME_TYPE}}`);
    Object.assign(params, { hourStart: hour.start, hourEnd: hour.end });
  }
  if (from) {
    // The first, plain comparison lets ClickHouse use the primary key.
    parts.push(`inserted_at >= {fromTime:${TIME_TYPE}}`);
    parts.push(`(inserted_at > {fromTime:${TIME_TYPE}} OR ${model.id} >= {fromUuid:UUID})`);
    Object.assign(params, { fromTime: from.time, fromUuid: from.uuid });
  }
  if (to) {
    parts.push(`inserted_at <= {toTime:${TIME_TYPE}}`);
    parts.push(`(inserted_at < {toTime:${TIME_TYPE}} OR ${model.id} < {toUuid:UUID})`);
    Object.assign(params, { toTime: to.time, toUuid: to.uuid });
  }
  return { parts, params };
}

/** The WHERE of a selection, narrowed to one file's part if bounds are given. */
export function predicate(selection: Selection, bounds: FileBounds = { from: null, to: null }): Sql {
  const conditions = [eventConditions(selection), propertiesConditions(selection), fileConditions(selection, bounds)];
  return {
    sql: [IN_WINDOW, ...conditions.flatMap(({ parts }) => parts)].join(" AND "),
    params: Object.assign(windowParams(selection), ...conditions.map(({ params }) => params)) as Sql["params"],
  };
}

/** What receipts call the formula of fingerprints. */
export const FINGERPRINT = "sum(cityHash64(tuple(every column)))";

/** The query with which anyone can check a receipt: the count and fingerprint of all selections together. */
export function checkQuery(selections: readonly Selection[]): Sql {
  const each = selections.map((selection) => ({ ...predicate(selection), model: selection.model }));
  const queries = each.map(
    ({ sql, model }) => `SELECT count() AS rows, sum(${rowHash(model)}) AS fingerprint FROM ${model.from} WHERE ${sql}`,
  );
  const params = Object.assign({}, ...each.map((one) => one.params)) as Sql["params"];
  if (queries.length === 1) return { sql: queries.join(), params };
  const all = queries.join(" UNION ALL ");
  return { sql: `SELECT sum(rows) AS rows, sum(fingerprint) AS fingerprint FROM (${all})`, params };
}
