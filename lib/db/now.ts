import { sql } from "drizzle-orm";
import { getDb, type Tx } from "./client";

/**
 * What the database's clock says at this moment, also late in a transaction. It is the one clock that decides what has ended and
 * what has settled: those of several processes never agree.
 */
export async function dbNow(tx: Tx = getDb()): Promise<Date> {
  const { rows } = await tx.execute<{ ms: string }>(sql`select ${nowMs} as ms`);
  return new Date(Number(rows[0]!.ms));
}

/** SQL: the same, in ms since 1970, beside whatever else is asked. */
export const nowMs = sql<Date>`floor(extract(epoch from clock_timestamp()) * 1000)::text`.mapWith(
  (ms: string) => new Date(Number(ms)),
);
