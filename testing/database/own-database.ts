import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { closeDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";

/** Runs a server-level statement, such as CREATE DATABASE. */
export async function asAdmin(server: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/**
 * Gives this process its own empty database at the newest schema, which no worker reads. Returns a cleanup function.
 */
export async function takeOwnDatabase(): Promise<() => Promise<void>> {
  const server = process.env.DATABASE_URL ?? "";
  const name = `own_${randomBytes(6).toString("hex")}`;
  await asAdmin(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  process.env.DATABASE_URL = url.href;
  await migrate(url.href);
  return async () => {
    await closeDb();
    process.env.DATABASE_URL = server;
    await asAdmin(server, `DROP DATABASE ${name} WITH (FORCE)`);
  };
}
