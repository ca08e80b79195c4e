import path from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as run } from "drizzle-orm/node-postgres/migrator";
import { Client } from "pg";

/** An arbitrary number: web processes that start together take turns. */
const LOCK = 7_361_002;

/** Migrates the metadata database to the newest schema. Safe to call from several processes at once. */
export async function migrate(url: string, folder = path.join(process.cwd(), "drizzle")): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await run(drizzle(client), { migrationsFolder: folder });
  } finally {
    await client.end();
  }
}
