import { sql } from "drizzle-orm";
import { getDb, type Tx } from "./client";

/**
 * The current time of the database's clock, even late in a transaction. Only this clock decides what has ended and what
 * has settled: the clocks of several processes never agree.
 */
export async function dbNow(tx: Tx = getDb()): Promise<Date> {
  const { rows } = await tx.execute<{ ms: string }>(sql`select ${nowMs} as ms`);
  return new Date(Number(rows[0]!.ms));
}

/** SQL: the same in ms since 1970, for use within another query. */
export const nowMs = sql<Date>`floor(extract(epoch from clock_timestamp()) * 1000)::text`.mapWith(
  (ms: string) => new Date(Number(ms)),
);
