import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { getEnv } from "../env";
import * as schema from "./schema";

export type Db = NodePgDatabase<typeof schema>;
/** A database or a transaction in it. */
export type Tx = Db | Parameters<Parameters<Db["transaction"]>[0]>[0];

// One pool per process, on the global object because Next's development server reloads modules.
const holder = globalThis as typeof globalThis & { penstockPool?: Pool | undefined; penstockDb?: Db | undefined };

/** The metadata database. */
export function getDb(): Db {
  if (!holder.penstockDb) {
    holder.penstockPool = new Pool({ connectionString: getEnv().DATABASE_URL, max: 10 });
    // A connection that breaks while idle must not end the process: the pool replaces it.
    holder.penstockPool.on("error", () => {});
    // Nor may one that breaks between a transaction's statements: the next statement fails.
    holder.penstockPool.on("connect", (client) => client.on("error", () => {}));
    holder.penstockDb = drizzle(holder.penstockPool, { schema });
  }
  return holder.penstockDb;
}

/** The metadata database's pool, for libraries that write their own SQL. */
export function getPool(): Pool {
  getDb();
  return holder.penstockPool!;
}

/** Closes the pool at the end of the process. */
export async function closeDb(): Promise<void> {
  await holder.penstockPool?.end();
  holder.penstockPool = undefined;
  holder.penstockDb = undefined;
}
