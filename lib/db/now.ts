import { sql } from "drizzle-orm";
import type { Tx } from "./client";

/**
 * The current time of the database's clock, even late in a transaction. Only this clock decides what has ended and what
 * has settled: the clocks of several processes never agree.
 */
export async function dbNow(db: Tx): Promise<Date> {
  const { rows } = await db.execute<{ ms: string }>(sql`select ${nowMs} as ms`);
  return new Date(Number(rows[0]!.ms));
}

/** SQL: the same in ms since 1970, for use within another query. */
export const nowMs = sql<Date>`floor(extract(epoch from clock_timestamp()) * 1000)::text`.mapWith(
  (ms: string) => new Date(Number(ms)),
);
