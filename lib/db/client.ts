import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { getEnv } from "../env";
import { MINUTE, SECOND } from "../units";
import { openPool } from "./pool";
import type * as schema from "./schema";
import { databaseOf } from "./session";

export type Db = NodePgDatabase<typeof schema>;
/** A database or a transaction in it. */
export type Tx = Db | Parameters<Parameters<Db["transaction"]>[0]>[0];

/** What a process is called in `pg_stat_activity`, and how long its statements may take, in ms. */
const PROCESSES = {
  penstock: 30 * SECOND,
  "penstock-web": 30 * SECOND,
  // Nobody waits for its answers, and some statements go through all runs.
  "penstock-worker": 2 * MINUTE,
};

/** For what goes through a whole table once, or waits for another process that does, in ms. */
const PATIENT = 60 * MINUTE;

// One pool per process, on the global object because Next's development server reloads modules.
const holder = globalThis as typeof globalThis & {
  penstockProcess?: keyof typeof PROCESSES;
  penstockPool?: Pool | undefined;
  penstockDb?: Db | undefined;
};

/** Says which process this is. Call it before the first use of the database. */
export function nameProcess(name: keyof typeof PROCESSES): void {
  holder.penstockProcess = name;
}

/** The metadata database. */
export function getDb(): Db {
  holder.penstockDb ??= databaseOf(getPool(), limit());
  return holder.penstockDb;
}

/** The same, for statements that may take an hour. */
export const getPatientDb = (): Db => databaseOf(getPool(), PATIENT);

/** The same, for statements whose answer matters only within `ms`. */
export const getBriefDb = (ms: number): Db => databaseOf(getPool(), ms);

/** The metadata database's pool, for libraries that write their own SQL. */
export function getPool(): Pool {
  holder.penstockPool ??= openPool(getEnv().DATABASE_URL, holder.penstockProcess ?? "penstock", limit());
  return holder.penstockPool;
}

function limit(): number {
  const { DATABASE_TIMEOUT_SECONDS: seconds } = getEnv();
  return seconds === undefined ? PROCESSES[holder.penstockProcess ?? "penstock"] : seconds * SECOND;
}

/** Closes the pool at the end of the process. */
export async function closeDb(): Promise<void> {
  await holder.penstockPool?.end();
  holder.penstockPool = undefined;
  holder.penstockDb = undefined;
}
