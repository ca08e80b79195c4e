import { sql } from "drizzle-orm";
import { getDb, type Tx } from "./client";

/**
 * What the database's clock says at this moment, also late in a transaction. It is the one clock that decides what has ended and
 * what has settled: those of several processes never agree.
 */
export async function dbNow(tx: Tx = getDb()): Promise<Date> {
  const { rows } = await tx.execute<{ ms: string }>(
    sql`select floor(extract(epoch from clock_timestamp()) * 1000)::text as ms`,
  );
  return new Date(Number(rows[0]!.ms));
}
