import path from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as run } from "drizzle-orm/node-postgres/migrator";
import { Client } from "pg";

/** Any number: web processes that start at once take it in turn. */
const LOCK = 7_361_002;

/** Brings the metadata database to the newest schema. Safe to call from several processes at once. */
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
