import { columnsOf, tableName, type WarehouseColumn, type WarehouseTable, warehouseTable } from "../warehouse/tables";
import { otherType, type Target } from "../warehouse/target";
import type { BigqueryClient } from "./client";
import { runQuery } from "./jobs";
import type { BigqueryConfig, BigquerySettings } from "./schema";
import { ACCEPTED, addColumns, quote, type Scoped, type Typed, typeOf } from "./sql";
import { createTable, type FieldOf, getTable, type TableOf } from "./tables";

export const fullName = ({ projectId, dataset }: BigqueryConfig, table: string): string =>
  [projectId, dataset, table].map(quote).join(".");

export function targetOf(config: BigqueryConfig, settings: BigquerySettings, table: string): Target {
  const bare = tableName(settings.table, table);
  return { table: warehouseTable(table), bare, name: fullName(config, bare) };
}

/**
 * Merged rows are clustered by their merge key, others by window: replacing or counting a window then reads only its
 * own rows. Events are also partitioned by day, and clustered by name.
 */
export function layoutOf({ columns, mergeBy }: WarehouseTable) {
  if (mergeBy) return { clustering: { fields: [...mergeBy.key] } };
  const fields = ["_export_id", "_interval_start"];
  if (!columns.some(({ name }) => name === "event")) return { clustering: { fields } };
  return { timePartitioning: { type: "DAY", field: "timestamp" }, clustering: { fields: [...fields, "event"] } };
}

/** A condition on the partition that holds for every row, for a table that requires one; null for others. */
export function filterOf(there: TableOf): NonNullable<Scoped["filter"]> | null {
  if (!there.requirePartitionFilter && !there.timePartitioning?.requirePartitionFilter) return null;
  const range = there.rangePartitioning?.field;
  const column = quote(range ?? there.timePartitioning?.field ?? "_PARTITIONTIME");
  const least = range === undefined ? "'0001-01-01'" : "-9223372036854775808";
  return (alias) => {
    const it = alias ? `${alias}.${column}` : column;
    return `(${it} >= ${least} OR ${it} IS NULL)`;
  };
}

const fieldsOf = ({ schema }: TableOf): FieldOf[] => schema?.fields ?? [];

/** Creates a table if it is missing and adds columns that it lacks. Throws if a column has another type. */
export async function ensureTarget(client: BigqueryClient, settings: BigquerySettings, target: Target): Promise<void> {
  const there = (await getTable(client, target.bare)) ?? (await makeTarget(client, settings, target));
  const missing = missingColumns(settings, target, there);
  if (missing.length > 0) await runQuery(client, { sql: addColumns(target.name, missing, settings) });
}

async function makeTarget(client: BigqueryClient, settings: BigquerySettings, { bare, table }: Target) {
  const fields = columnsOf(table).map((column) => ({ name: column.name, type: typeOf(column, settings) }));
  await createTable(client, bare, { schema: { fields }, ...layoutOf(table) });
  // Another run may have created it at the same time.
  return (await getTable(client, bare)) ?? { schema: { fields } };
}

/** Whether a table has the names of all columns that exports write into a target. */
export function isLike(there: TableOf, { table }: Target): boolean {
  const names = new Set(fieldsOf(there).map(({ name }) => name.toLowerCase()));
  return table.columns.every(({ name }) => names.has(name.toLowerCase()));
}

/** Columns that a table lacks. Throws if a column has another type. */
export function missingColumns(settings: BigquerySettings, target: Target, there: TableOf): WarehouseColumn[] {
  const fields = new Map(fieldsOf(there).map((field) => [field.name.toLowerCase(), field]));
  return columnsOf(target.table).filter((column) => {
    const field = fields.get(column.name.toLowerCase());
    if (!field) return true;
    const isList = field.mode === "REPEATED";
    if (isList || !ACCEPTED[column.kind].includes(field.type))
      throw otherType(target, column.name, isList ? `ARRAY<${field.type}>` : field.type, typeOf(column, settings));
    return false;
  });
}

/** A target with the current types of its table's columns. */
export function typedOf(settings: BigquerySettings, target: Target, there: TableOf): Typed {
  const wanted = columnsOf(target.table).map((column) => [column.name, typeOf(column, settings)] as const);
  const found = fieldsOf(there).map((field) => [field.name, field.type] as const);
  const types = new Map([...wanted, ...found].map(([name, type]) => [name.toLowerCase(), type]));
  return { name: target.name, table: target.table, types, filter: filterOf(there) };
}
