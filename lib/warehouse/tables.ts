import { events } from "../models/events";
import { mergedIds } from "../models/merged-ids";
import { persons } from "../models/persons";
import { type ModelName, partsOf } from "../models/registry";
import type { Model } from "../models/types";

/** What a column holds, whatever each warehouse calls its type. */
export type WarehouseKind = "text" | "json" | "time" | "int";

export interface WarehouseColumn {
  name: string;
  kind: WarehouseKind;
}

/** A table as warehouses get it, with the model that it is read by. */
export interface WarehouseTable {
  model: Model;
  columns: readonly WarehouseColumn[];
  /** Rows with the same values here are one, of which the highest `version` stands; null for rows that are only added. */
  mergeBy: { key: readonly string[]; version: string } | null;
}

const text = (name: string): WarehouseColumn => ({ name, kind: "text" });
const json = (name: string): WarehouseColumn => ({ name, kind: "json" });
const time = (name: string): WarehouseColumn => ({ name, kind: "time" });
const int = (name: string): WarehouseColumn => ({ name, kind: "int" });

/** Persons with a row for each of their ids, because that is what events are joined by. */
const personIds: Model = {
  ...persons,
  from: `(SELECT *, arrayJoin(distinct_ids) AS distinct_id FROM ${persons.from})`,
  id: "reinterpretAsUUID(sipHash128(person_id, distinct_id))",
  columns: [{ name: "distinct_id", kind: "string" }, ...persons.columns.filter(({ name }) => name !== "distinct_ids")],
};

/** PostHog's columns, so that what is written for its exports reads ours. */
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
    int("team_id"),
    text("ip"),
    text("site_url"),
    time("timestamp"),
    json("person_properties"),
    text("person_id"),
  ],
};

const PERSONS: WarehouseTable = {
  model: personIds,
  mergeBy: { key: ["team_id", "distinct_id"], version: "version" },
  columns: [
    int("team_id"),
    text("distinct_id"),
    text("person_id"),
    json("properties"),
    time("created_at"),
    int("version"),
  ],
};

const MERGED_IDS: WarehouseTable = {
  model: mergedIds,
  mergeBy: null,
  columns: [int("team_id"), int("scope"), int("amplitude_id"), int("merged_amplitude_id"), time("merge_time")],
};

const TABLES: Record<string, WarehouseTable> = { events: EVENTS, persons: PERSONS, merged_ids: MERGED_IDS };

/** What every row says of where it comes from: which export, which run, which window, and when it was sent. */
export const OWN_COLUMNS: readonly WarehouseColumn[] = [
  text("_export_id"),
  text("_run_id"),
  time("_interval_start"),
  time("_interval_end"),
  time("_exported_at"),
];

/** All columns of a table as it stands in a warehouse. */
export const columnsOf = (table: WarehouseTable): WarehouseColumn[] => [...table.columns, ...OWN_COLUMNS];

export const warehouseTable = (table: string): WarehouseTable => TABLES[table]!;

/** The tables that an export of this model fills. */
export const warehouseTables = (model: ModelName): WarehouseTable[] =>
  partsOf(model).map(({ table }) => warehouseTable(table));

/** What an export's setting makes of a table's name. */
export const tableName = (setting: string, table: string): string => setting.replaceAll("{table_name}", table);
