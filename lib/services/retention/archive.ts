import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";

/** Runs per statement: a run may have 10,000 files. */
const BATCH = 50;

/** Archives one batch of the partition's rows that match `where`. Returns whether it archived any. */
type ArchiveRound = (db: Db, partition: string, where: SQL) => Promise<boolean>;

/** Archives proof of which objects a window's runs may replace and remove. */
export const archiveFiles: ArchiveRound = async (db, partition, where) => {
  const table = sql.identifier(partition);
  const { rowCount } = await db.execute(sql`
    with batch as (
      select distinct f.run_id from ${table} f
      where ${where} and not exists (select 1 from run_archive a where a.run_id = f.run_id and a.files is not null)
      limit ${BATCH}
    )
    insert into run_archive (run_id, files)
    select f.run_id, jsonb_agg(jsonb_build_object('planVersion', f.plan_version, 'key', f.key, 'revision', f.revision,
      'etag', f.etag, 'bytes', f.bytes, 'sent', f.sent_at is not null,
      'cutOff', f.started_at is not null and (f.attempt > 1 or f.finished_at is null)) order by f.plan_version, f.index)
    from ${table} f join batch b on b.run_id = f.run_id group by f.run_id
    on conflict (run_id) do update set files = excluded.files`);
  return (rowCount ?? 0) > 0;
};

/** Archives receipt hashes, so that copies of receipts can still be verified. */
export const archiveReceipts: ArchiveRound = async (db, partition, where) => {
  const { rowCount } = await db.execute(sql`
    insert into run_archive (run_id, receipt_sha256)
    select f.run_id, f.receipt_sha256 from ${sql.identifier(partition)} f
    where ${where} and f.receipt_sha256 is not null
      and not exists (select 1 from run_archive a where a.run_id = f.run_id and a.receipt_sha256 is not null)
    limit ${BATCH}
    on conflict (run_id) do update set receipt_sha256 = excluded.receipt_sha256`);
  return (rowCount ?? 0) > 0;
};
