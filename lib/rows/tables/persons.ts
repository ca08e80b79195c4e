import type { Dropped, SourceTable } from "./types";
import { IN_WINDOW, MINE, WINDOW_END } from "./window";

const CHANGED_IDS = `(SELECT person_id FROM persons WHERE ${IN_WINDOW})`;

// GLOBAL IN, because a person's versions may be on several shards of a distributed table; on one server it makes no
// difference.
const IS_LATEST = `(person_id, version, inserted_at) GLOBAL IN (
  SELECT person_id, tupleElement(max((version, inserted_at)) AS newest, 1), tupleElement(newest, 2) FROM persons
  WHERE ${MINE} AND inserted_at < ${WINDOW_END} AND person_id GLOBAL IN ${CHANGED_IDS} GROUP BY person_id)`.replaceAll(
  /\s+/g,
  " ",
);
const LATEST = `persons WHERE ${IN_WINDOW} AND ${IS_LATEST}`;

/**
 * Persons that changed in the window, each in its latest version at the window's end, except those deleted by then.
 * Later versions don't change a past window, as long as ClickHouse still has the earlier ones.
 */
const latest = `(SELECT * FROM ${LATEST} AND is_deleted = 0 LIMIT 1 BY person_id)`.replaceAll(/\s+/g, " ");

/** Persons whose latest version, even after the window, is a deletion, with its time. */
const GONE = `(SELECT person_id AS gone_id, tupleElement(max((version, inserted_at, is_deleted)) AS last, 2) AS gone_at FROM persons
  WHERE ${MINE} AND person_id GLOBAL IN ${CHANGED_IDS} GROUP BY person_id HAVING tupleElement(last, 3) = 1)`;

/**
 * `latest` plus the persons deleted by the window's end, with `_deleted_at`: when they were deleted, even if after the
 * window, or NULL. Which rows exist depends only on the window.
 */
export const latestWithDeleted = `(SELECT p.*,
  if(p.is_deleted = 1, p.inserted_at, nullIf(g.gone_at, toDateTime64(0, 6, 'UTC'))) AS _deleted_at
  FROM (SELECT * FROM ${LATEST} LIMIT 1 BY person_id) AS p LEFT JOIN ${GONE} AS g ON p.person_id = g.gone_id)`.replaceAll(
  /\s+/g,
  " ",
);

const rowsBeyondFirst = (rows: string) => `countIf(${rows}) - uniqExactIf(person_id, ${rows})`;

/** What `latestWithDeleted` leaves out. */
export const DROPPED_BESIDE_DELETED: Dropped = {
  olderVersions: `countIf(NOT ${IS_LATEST})`,
  duplicates: rowsBeyondFirst(IS_LATEST),
};

/** Persons (profiles). */
export const persons: SourceTable = {
  table: "persons",
  record: "Person",
  from: latest,
  dropped: {
    ...DROPPED_BESIDE_DELETED,
    deleted: `countIf(${IS_LATEST} AND is_deleted = 1)`,
    duplicates: rowsBeyondFirst(`${IS_LATEST} AND is_deleted = 0`),
  },
  id: "person_id",
  eventColumn: null,
  propertyColumns: ["properties"],
  columns: [
    { name: "person_id", kind: "uuid" },
    { name: "distinct_ids", kind: "strings" },
    { name: "properties", kind: "json" },
    { name: "created_at", kind: "time" },
    { name: "inserted_at", kind: "time" },
    { name: "version", kind: "int", unsigned: 64 },
  ],
};
