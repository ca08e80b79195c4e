import type { Model } from "./types";
import { WINDOW_END, WINDOW_START } from "./window";

const MINE = "project_id = {project:UInt32}";
const CHANGED = `${MINE} AND inserted_at >= ${WINDOW_START} AND inserted_at < ${WINDOW_END}`;

/**
 * Persons that changed in the window, each in the latest version that it had at the window's end, and none that was deleted by
 * then. Later versions change nothing of a window that has ended, as long as ClickHouse still has the earlier ones.
 */
const latest = `(SELECT * FROM persons WHERE ${CHANGED} AND (person_id, version, inserted_at) IN (
  SELECT person_id, tupleElement(max((version, inserted_at)) AS newest, 1), tupleElement(newest, 2) FROM persons
  WHERE ${MINE} AND inserted_at < ${WINDOW_END} AND person_id IN (SELECT person_id FROM persons WHERE ${CHANGED})
  GROUP BY person_id) AND is_deleted = 0 LIMIT 1 BY person_id)`.replaceAll(/\s+/g, " ");

/** Persons (profiles). */
export const persons: Model = {
  table: "persons",
  record: "Person",
  from: latest,
  id: "person_id",
  eventColumn: null,
  propertyColumns: ["properties"],
  columns: [
    { name: "person_id", kind: "uuid" },
    { name: "distinct_ids", kind: "strings" },
    { name: "properties", kind: "json" },
    { name: "created_at", kind: "time" },
    { name: "inserted_at", kind: "time" },
    { name: "version", kind: "int" },
  ],
};
