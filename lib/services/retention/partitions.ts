import { sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import { getLogger, loggable } from "@/lib/services/logger";

/** Tables partitioned by the month in which a run was created. */
export const BY_MONTH = ["run_documents", "run_files", "run_logs"] as const;
export type ByMonth = (typeof BY_MONTH)[number];

/** A month's partition. `month` is its first day, like `2026-11-01`; null for the default partition. */
export interface Partition {
  name: string;
  month: string | null;
}

/** The partitions of a table, oldest first. */
export async function partitionsOf(db: Db, table: ByMonth): Promise<Partition[]> {
  const { rows } = await db.execute<{ name: string }>(sql`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = ${table}::regclass order by c.relname`);
  return rows.map(({ name }) => {
    const [, year, month] = /_(\d{4})_(\d{2})$/.exec(name) ?? [];
    return { name, month: year ? `${year}-${month}-01` : null };
  });
}

/** The first day of the month `months` after `month`. */
export const monthAfter = (month: string, months = 1): string => {
  const [year, index] = month.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, index - 1 + months, 1)).toISOString().slice(0, 10);
};

/**
 * Creates missing partitions of this month and the next. If that fails, rows go to the default partition, so nothing is
 * lost, and the next round retries in a minute.
 */
export async function ensurePartitions(db: Db): Promise<void> {
  const thisMonth = `${(await dbNow(db)).toISOString().slice(0, 7)}-01`;
  for (const table of BY_MONTH) {
    const there = new Set((await partitionsOf(db, table)).map(({ month }) => month));
    for (const month of [thisMonth, monthAfter(thisMonth)].filter((month) => !there.has(month)))
      await makePartition(db, table, month).catch((error) => {
        getLogger().warn(
          { table, month, error: loggable(error) },
          "Creating a month's partition failed; it is retried.",
        );
      });
  }
}

export const makePartition = (db: Db, table: ByMonth, month: string): Promise<unknown> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`set local lock_timeout = '2s'`);
    const name = `${table}_${month.slice(0, 7).replace("-", "_")}`;
    const bounds = `from ('${month}') to ('${monthAfter(month)}')`;
    await tx.execute(sql.raw(`create table if not exists ${name} partition of ${table} for values ${bounds}`));
  });
