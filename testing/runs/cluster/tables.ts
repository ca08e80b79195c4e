import { applySourceSchema, SOURCE_TABLES } from "@/local/clickhouse/schema";
import type { ClusterServer } from "./server";

/** The cluster of distributed tables: each server is a shard. */
export const CLUSTER = "both";

/**
 * Creates a server's source tables: its own part of the rows in the database `shard`, tables distributed over all
 * servers in `default`, tables for all rows in `alone`. Both servers have rows of each project, whatever the sharding
 * key. Nothing is merged: earlier versions of persons stay, and rows stay in several parts.
 */
export async function makeTables(server: ClusterServer): Promise<void> {
  for (const database of ["shard", "alone"]) {
    await server.owner().command({ query: `CREATE DATABASE ${database}` });
    await applySourceSchema(server.owner(database));
    await server.owner(database).command({ query: `SYSTEM STOP MERGES ${database}.persons` });
    await server.owner(database).command({ query: `SYSTEM STOP MERGES ${database}.events` });
  }
  for (const table of Object.keys(SOURCE_TABLES)) {
    const query = `CREATE TABLE ${table} AS shard.${table} ENGINE = Distributed(${CLUSTER}, shard, ${table}, project_id)`;
    await server.owner().command({ query });
  }
}

/** Copies all rows of the distributed tables, including every version of a person, into one server's tables. */
export async function copyAll(server: ClusterServer): Promise<void> {
  for (const table of Object.keys(SOURCE_TABLES)) {
    await server.owner("alone").command({
      query: `INSERT INTO ${table} SELECT * FROM default.${table}`,
      clickhouse_settings: { optimize_on_insert: 0 },
    });
  }
}
