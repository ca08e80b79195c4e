import { applySourceSchema, SOURCE_TABLES } from "@/local/clickhouse/schema";
import type { ClusterServer } from "./server";

/** The cluster that distributed tables lie over: each server is a shard. */
export const CLUSTER = "both";

/**
 * Makes the source tables of a server: in the database `shard` its own part of the rows, in `default` distributed tables over the parts
 * of all servers, in `alone` tables for all rows at once. Rows of one project lie on both servers, whatever the sharding key says. Nothing is merged: earlier versions of persons stay, and rows lie in several parts.
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

/** Copies every row of the distributed tables into the tables of one server, each version of a person too. */
export async function copyAll(server: ClusterServer): Promise<void> {
  for (const table of Object.keys(SOURCE_TABLES)) {
    await server.owner("alone").command({
      query: `INSERT INTO ${table} SELECT * FROM default.${table}`,
      clickhouse_settings: { optimize_on_insert: 0 },
    });
  }
}
