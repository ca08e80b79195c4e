import { randomBytes } from "node:crypto";
import { type ClickHouseClient, createClient } from "@clickhouse/client";
import { getEnv } from "@/lib/env";
import { closeSourceOwner, sourceOwner } from "./source-owner";

/** A database of its own on the test stack's ClickHouse, and a client of it with every right. */
export interface SourceDatabase {
  client: ClickHouseClient;
  /** Drops the database and closes the connections. */
  close(): Promise<void>;
}

export async function openSourceDatabase(): Promise<SourceDatabase> {
  const database = `test_${randomBytes(6).toString("hex")}`;
  await sourceOwner().command({ query: `CREATE DATABASE ${database}` });
  const client = createClient({
    url: getEnv().CLICKHOUSE_URL,
    username: process.env.PENSTOCK_SOURCE_OWNER,
    password: process.env.PENSTOCK_SOURCE_OWNER_PASSWORD,
    database,
  });
  const close = async () => {
    await client.close();
    await sourceOwner().command({ query: `DROP DATABASE ${database}` });
    await closeSourceOwner();
  };
  return { client, close };
}
