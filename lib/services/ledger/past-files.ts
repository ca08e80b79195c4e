import { type SQL, sql } from "drizzle-orm";

/**
 * SQL: the files of ended and active runs as a table `f`, including archived ones whose rows retention removed. `where`
 * is a condition on `runs`. Columns: run_id, plan_version, key, revision, etag, bytes, sent (an attempt was allowed to
 * store it), cut_off (an attempt ended without reporting), address.
 */
export const pastFiles = (where: SQL | undefined): SQL => sql`(
  select f.run_id, f.plan_version, f.key, f.revision, f.etag, f.bytes, f.sent_at is not null as sent,
    f.started_at is not null and (f.attempt > 1 or f.finished_at is null) as cut_off, runs.address
  from runs join run_files f on f.run_id = runs.id where ${where}
  union all
  select a.run_id, f."planVersion", f.key, f.revision, f.etag, f.bytes, f.sent, f."cutOff", runs.address
  from runs join run_archive a on a.run_id = runs.id, ${archivedFiles} where ${where}
) f`;

const archivedFiles = sql`jsonb_to_recordset(a.files)
  as f("planVersion" int, key text, revision int, etag text, bytes bigint, sent boolean, "cutOff" boolean)`;

/** SQL, for a row of `runs`: whether its last plan names one of `keys`, a text array. */
export const namesOneOf = (keys: SQL): SQL => sql`(
  exists (select 1 from run_files f where f.run_id = runs.id and f.plan_version = runs.plan_version and f.key = any(${keys}))
  or exists (select 1 from run_archive a, ${archivedFiles}
    where a.run_id = runs.id and f."planVersion" = runs.plan_version and f.key = any(${keys})))`;
