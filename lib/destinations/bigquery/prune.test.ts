import { describe, expect, it } from "vitest";
import { columnsOf, warehouseTable } from "../warehouse/tables";
import { mergeAll } from "./merge";
import { bigquerySettingsSchema } from "./schema";
import { countRun, countRuns, deleteWindow } from "./sql";
import type { TableOf } from "./tables";
import { filterOf, layoutOf } from "./targets";

const settings = bigquerySettingsSchema.parse({ type: "bigquery" });
const typed = (table: string, there: TableOf = {}) => ({
  name: "`t`",
  table: warehouseTable(table),
  types: new Map<string, string>(),
  filter: filterOf(there),
});

/** Every statement that reads a table which exports fill. */
const statements = (table: string, there?: TableOf): string[] => {
  const target = typed(table, there);
  const counts = [countRun(target), countRuns(target)];
  return target.table.mergeBy
    ? [...counts, ...mergeAll(target, "(SELECT 1)", settings)]
    : [...counts, deleteWindow(target)];
};

/** How often a statement reads the table, and how often it compares a column with a constant. */
const reads = (sql: string) => sql.match(/(DELETE FROM|MERGE INTO|(?<!DELETE )FROM|JOIN) `t`/g)?.length ?? 0;
const filters = (sql: string, column: string) => sql.match(new RegExp(`\\b${column} = @`, "g"))?.length ?? 0;

/**
 * BigQuery skips blocks by comparisons of clustering columns with constants, beginning with the first column. Sources:
 * "Querying clustered tables", and "Manage partitioned tables" on `require_partition_filter`.
 */
describe.each(["events", "persons", "merged_ids"])("each statement on %s", (table) => {
  const [first = ""] = layoutOf(warehouseTable(table)).clustering.fields;

  it.each(statements(table).map((sql) => [sql.slice(0, 60), sql]))("reads only some blocks: %s", (_, sql) => {
    expect(reads(sql)).toBeGreaterThan(0);
    expect(filters(sql, first)).toBe(reads(sql));
  });

  it.each<[string, TableOf, RegExp]>([
    ["a column", { requirePartitionFilter: true, timePartitioning: { field: "day" } }, /`day` >= '0001-01-01' OR /g],
    ["load time", { timePartitioning: { requirePartitionFilter: true } }, /`_PARTITIONTIME` >= '0001-01-01' OR /g],
    [
      "a number",
      { requirePartitionFilter: true, rangePartitioning: { field: "n" } },
      /`n` >= -9223372036854775808 OR /g,
    ],
  ])("has a filter for all partitions where the table requires one, by %s", (_, there, filter) => {
    for (const sql of statements(table, there)) expect(sql.match(filter)).toHaveLength(reads(sql));
  });

  it("has no such filter where the table requires none", () => {
    const there = { timePartitioning: { field: "day" }, requirePartitionFilter: false };
    expect(statements(table, there)).toEqual(statements(table));
  });

  it("is made for columns that the table has, four at most", () => {
    const { fields } = layoutOf(warehouseTable(table)).clustering;
    const names = columnsOf(warehouseTable(table)).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(fields));
    expect(fields.length).toBeLessThanOrEqual(4);
  });
});

/** Source: "DML statements in GoogleSQL": a MERGE that may update or delete is billed for the whole table. */
it("merges persons whose keys are new by an INSERT", () => {
  const [owners, rows] = mergeAll(typed("persons"), "(SELECT 1)", settings);
  expect(owners).toMatch(/^MERGE INTO `t` .* THEN DELETE$/);
  expect(rows).toMatch(/^IF EXISTS \(SELECT 1 FROM `t` .*\) THEN MERGE INTO `t` .*; ELSE INSERT INTO `t` .*; END IF$/);
});
