import { randomBytes } from "node:crypto";
import type { ClickHouseClient } from "@clickhouse/client";
import { closeSourceOwner, ownerOfDatabase, sourceOwner } from "./source-owner";

/** A dedicated database on the test stack's ClickHouse, and a client with every right in it. */
export interface SourceDatabase {
  name: string;
  client: ClickHouseClient;
  /** Drops the database and closes the connections. */
  close(): Promise<void>;
}

export async function openSourceDatabase(): Promise<SourceDatabase> {
  const database = `test_${randomBytes(6).toString("hex")}`;
  await sourceOwner().command({ query: `CREATE DATABASE ${database}` });
  const client = ownerOfDatabase(database);
  const close = async () => {
    await client.close();
    await sourceOwner().command({ query: `DROP DATABASE ${database}` });
    await closeSourceOwner();
  };
  return { name: database, client, close };
}
