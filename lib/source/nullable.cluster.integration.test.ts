import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SOURCE_TABLES } from "@/local/clickhouse/schema";
import { type Cluster, openCluster } from "@/testing/runs/cluster/cluster";
import { pointSource } from "@/testing/runs/cluster/point-source";
import { fillShards } from "@/testing/runs/cluster/rows";
import { OWNER } from "@/testing/runs/cluster/users";
import { encodeAll, tablesOf, type Wanted } from "@/testing/runs/extracts";
import type { ModelName } from "../rows/tables/registry";
import { getSource, queryRows } from "./client";
import { planFiles } from "./plan";

const start = new Date("2025-02-01T00:00:00Z");
const window = { start, end: new Date("2025-02-01T01:00:00Z") };
const ROWS = 200;

/** Columns of each table that may be NULL in a source. None of them orders rows. */
const NULLABLE: Record<keyof typeof SOURCE_TABLES, string[]> = {
  events: ["distinct_id", "person_id", "timestamp", "created_at", "properties", "elements_chain", "ip"],
  persons: ["properties", "created_at"],
  merged_ids: ["scope", "merged_amplitude_id", "merge_time"],
};
const TABLES = Object.keys(NULLABLE) as (keyof typeof NULLABLE)[];

/** SQL for a value that the column hasn't had. */
const anotherValue = (column: string): string => {
  if (/time|created_at/.test(column)) return "toDateTime64(rand(), 3)";
  if (/^(scope|merged)/.test(column)) return "rand()";
  return column === "person_id" ? "generateUUIDv4()" : "toString(generateUUIDv4())";
};

let cluster: Cluster;
beforeAll(async () => {
  cluster = await openCluster();
  const filled = { events: 2 * ROWS, persons: 2 * ROWS, mergedIds: 2 * ROWS };
  await fillShards(cluster, { sourceProjectId: 7, start, ...filled });
  const [{ owner }] = cluster.servers;
  await owner().command({ query: "CREATE DATABASE nullable" });
  for (const table of TABLES) {
    const query = NULLABLE[table].reduce(
      (sql, column) => sql.replace(new RegExp(`(\\b${column} )(.+?)(,?\\n)`), "$1Nullable($2)$3"),
      SOURCE_TABLES[table],
    );
    await owner("nullable").command({ query });
    await owner("nullable").command({ query: `INSERT INTO ${table} SELECT * FROM shard.${table}` });
  }
});
afterAll(() => cluster.close());

const wanted = (model: ModelName): Wanted => ({
  ...{ sourceProjectId: 7, window, model },
  destination: { compression: "none" },
});

/** Fingerprint of both the plan and the check query. */
async function fingerprintIn(database: string, model: ModelName): Promise<bigint> {
  await pointSource({ url: cluster.servers[0].url, username: OWNER.username, database });
  const plan = await planFiles(getSource(), tablesOf(wanted(model)));
  const [checked] = await queryRows(getSource(), plan.check.sql, { params: plan.check.params });
  expect(checked).toEqual({ rows: String(plan.rows), fingerprint: String(plan.fingerprint) });
  expect(plan.rows).toBeGreaterThan(100);
  return plan.fingerprint;
}

/** Changes one column of one row, and waits for the mutation. */
async function change(table: string, column: string, value: string): Promise<void> {
  const [{ owner }] = cluster.servers;
  const id = { events: "uuid", persons: "person_id", merged_ids: "amplitude_id" }[table];
  const row = `(SELECT min(${id}) FROM ${table} WHERE project_id = 7)`;
  await owner("nullable").command({
    query: `ALTER TABLE ${table} UPDATE ${column} = ${value} WHERE ${id} = ${row}`,
    clickhouse_settings: { mutations_sync: "2" },
  });
}

describe.each(TABLES)("the fingerprint of %s with columns that may be NULL", (table) => {
  it("is the same as without, as long as nothing is NULL, and the one of earlier receipts", async () => {
    const fingerprint = await fingerprintIn("nullable", table);
    expect(await fingerprintIn("shard", table)).toBe(fingerprint);
    const { sql, params } = (await planFiles(getSource(), tablesOf(wanted(table)))).check;
    const before = sql.replace(/cityHash64\(tuple\(([^)]*)\)\)/, "cityHash64($1)");
    expect(before).not.toBe(sql);
    const [earlier] = await queryRows<{ fingerprint: string }>(getSource(), before, { params });
    expect(earlier?.fingerprint).toBe(String(fingerprint));
  });

  it.each(NULLABLE[table])("counts a row whose %s is NULL, and its other columns", async (column) => {
    const whole = await fingerprintIn("nullable", table);
    await change(table, column, "NULL");
    const withNull = await fingerprintIn("nullable", table);
    expect(withNull).not.toBe(whole);
    const other = NULLABLE[table].find((each) => each !== column)!;
    await change(table, other, anotherValue(other));
    expect(await fingerprintIn("nullable", table)).not.toBe(withNull);
  });

  it("goes with files that have every row", async () => {
    await pointSource({ url: cluster.servers[0].url, username: OWNER.username, database: "nullable" });
    for (const { body, rows } of await encodeAll(wanted(table)))
      expect(body.toString().split("\n")).toHaveLength(rows + 1);
  });
});

it("distinguishes NULL from what a column has by default", async () => {
  await pointSource({ url: cluster.servers[0].url, username: OWNER.username, database: "nullable" });
  const [{ owner }] = cluster.servers;
  await owner("nullable").command({
    query: "ALTER TABLE events UPDATE ip = NULL WHERE 1",
    clickhouse_settings: { mutations_sync: "2" },
  });
  const nulls = await fingerprintIn("nullable", "events");
  await owner("nullable").command({
    query: "ALTER TABLE events UPDATE ip = '' WHERE 1",
    clickhouse_settings: { mutations_sync: "2" },
  });
  expect(await fingerprintIn("nullable", "events")).not.toBe(nulls);
});
