import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { closeDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";

/** Runs a statement on the server that no database of its own is needed for. */
export async function asAdmin(server: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** Gives this process an empty database of its own at the newest schema, which no worker looks into. Answers with what removes it. */
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
