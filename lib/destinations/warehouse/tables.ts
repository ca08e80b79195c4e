import { events } from "@/lib/rows/tables/events";
import { mergedIds } from "@/lib/rows/tables/merged-ids";
import { DROPPED_BESIDE_DELETED, latestWithDeleted, persons } from "@/lib/rows/tables/persons";
import { type ModelName, tablesOfModel } from "@/lib/rows/tables/registry";
import type { SourceTable } from "@/lib/rows/tables/types";

/** What a column holds, whatever each warehouse calls its type. */
export type WarehouseKind = "text" | "json" | "time" | "int";

export interface WarehouseColumn {
  name: string;
  kind: WarehouseKind;
  /** SQL that fills it, whatever columns the export chose. */
  sql?: string;
  /** Whether that SQL may be NULL. */
  nullable?: boolean;
}

/** How to update rows that are not replaced by window. */
export interface Merge {
  /** Rows with equal values here are one. */
  key: readonly string[];
  /** Rows with equal values here belong to one person: its newer version replaces all rows of older ones. */
  owner: readonly string[];
  /** Decides which of two rows is newer, even of different persons; a row without it is the oldest. */
  time: string;
  /** Decides between rows of the same time. */
  version: string;
  /** When the person was deleted. If set, the staged row is not inserted: it removes or marks the person's rows. */
  deletedAt: string;
}

/** A table as warehouses get it, and the source table to read it from. */
export interface WarehouseTable {
  model: SourceTable;
  columns: readonly WarehouseColumn[];
  /** Null for append-only rows. */
  mergeBy: Merge | null;
}

const text = (name: string): WarehouseColumn => ({ name, kind: "text" });
const json = (name: string): WarehouseColumn => ({ name, kind: "json" });
const time = (name: string): WarehouseColumn => ({ name, kind: "time" });
const int = (name: string): WarehouseColumn => ({ name, kind: "int" });

const TEAM_ID: WarehouseColumn = { ...int("team_id"), sql: "project_id" };

/**
 * Persons with one row per id, because events are joined by id. Includes deleted ones, with at least one row and
 * regardless of filters, so that their rows in the warehouse don't stay as they were.
 */
const personIds: SourceTable = {
  ...persons,
  from:
    "(SELECT *, arrayJoin(if(is_deleted = 1 AND empty(distinct_ids), [''], distinct_ids)) AS distinct_id " +
    `FROM ${latestWithDeleted})`,
  unexpanded: latestWithDeleted,
  dropped: DROPPED_BESIDE_DELETED,
  unfiltered: "is_deleted = 1",
  id: "reinterpretAsUUID(sipHash128(person_id, distinct_id))",
  columns: [{ name: "distinct_id", kind: "string" }, ...persons.columns.filter(({ name }) => name !== "distinct_ids")],
};

/** PostHog's columns, so that tools made for its exports can read ours. */
const EVENTS: WarehouseTable = {
  model: events,
  mergeBy: null,
  columns: [
    text("uuid"),
    text("event"),
    json("properties"),
    text("elements"),
    json("set"),
    json("set_once"),
    text("distinct_id"),
    TEAM_ID,
    text("ip"),
    text("site_url"),
    time("timestamp"),
    json("person_properties"),
    text("person_id"),
  ],
};

const PERSONS: WarehouseTable = {
  model: personIds,
  mergeBy: {
    key: ["team_id", "distinct_id"],
    owner: ["team_id", "person_id"],
    time: "_inserted_at",
    version: "version",
    deletedAt: "_deleted_at",
  },
  columns: [
    TEAM_ID,
    text("distinct_id"),
    text("person_id"),
    json("properties"),
    time("created_at"),
    int("version"),
    { ...time("_inserted_at"), sql: "inserted_at" },
    { ...time("_deleted_at"), sql: "_deleted_at", nullable: true },
  ],
};

const MERGED_IDS: WarehouseTable = {
  model: mergedIds,
  mergeBy: null,
  columns: [TEAM_ID, int("scope"), int("amplitude_id"), int("merged_amplitude_id"), time("merge_time")],
};

const TABLES: Record<string, WarehouseTable> = { events: EVENTS, persons: PERSONS, merged_ids: MERGED_IDS };

/** The origin of every row: its export, run, and window, and when the run was requested. */
export const OWN_COLUMNS: readonly WarehouseColumn[] = [
  text("_export_id"),
  text("_run_id"),
  time("_interval_start"),
  time("_interval_end"),
  time("_exported_at"),
];

/** A table's columns in a warehouse, including Penstock's own. */
export const columnsOf = (table: WarehouseTable): WarehouseColumn[] => [...table.columns, ...OWN_COLUMNS];

export const warehouseTable = (table: string): WarehouseTable => TABLES[table]!;

/** The tables that an export of this model fills. */
export const warehouseTables = (model: ModelName): WarehouseTable[] =>
  tablesOfModel(model).map(({ table }) => warehouseTable(table));

/** A table's name under an export's setting. */
export const tableName = (setting: string, table: string): string => setting.replaceAll("{table_name}", table);
