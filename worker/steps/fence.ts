import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";
import { runFiles, runs } from "@/lib/db/schema";
import type { SentManifest } from "@/lib/db/schema/runs";
import { bucketOf } from "@/lib/destinations/buckets";
import { ExportError } from "@/lib/errors";
import type { SourceStatement } from "@/lib/fields/receipt";
import { documentsWith } from "@/lib/services/ledger";
import type { LoadedRun } from "./load";
import type { FileToSend } from "./plan/draft-files";

/** The error of a step whose run may no longer write its window. */
export const superseded = () =>
  new ExportError({
    code: "superseded",
    message: "The run has ended, or another attempt of this step has taken over. Nothing was written.",
    fix: null,
    retryable: false,
  });

export const claimedByOther = () =>
  new ExportError({
    code: "bucket_claimed",
    message: "The bucket now belongs to another organization. Nothing else was written.",
    fix: "Choose another bucket in the connection, verify it, and retry the run.",
    retryable: false,
  });

/** SQL: whether the bucket that a run writes to belongs to another organization. */
export function isForeign({ connection, run }: LoadedRun) {
  const address = bucketOf(connection);
  if (!address) return sql`false`;
  const { endpoint, bucket } = address;
  return sql`exists (select 1 from buckets b where b.endpoint = ${endpoint} and b.bucket = ${bucket} and b.organization_id <> ${run.organizationId})`;
}

/** Whether the bucket that a run wrote to now belongs to another organization. */
export async function isNowForeign(db: Db, loaded: LoadedRun): Promise<boolean> {
  const { rows } = await db.execute<{ foreign: boolean }>(sql`select ${isForeign(loaded)} as foreign`);
  return rows[0]?.foreign ?? true;
}

/** SQL: whether a run is its window's active one and still has the step's plan. */
export const isRunning = (runId: string, planVersion: number) =>
  sql`exists (select 1 from runs r where r.id = ${runId} and r.state = 'Running' and r.plan_version = ${planVersion})`;

/**
 * Checked right before files are stored: only the latest try of the active run's latest plan may store them, and not in
 * another organization's bucket. Records that the objects may now exist. Returns for each file null, or the reason it
 * may not be stored.
 */
export async function fenceFiles(
  db: Db,
  loaded: LoadedRun,
  files: readonly FileToSend[],
  attempt: number,
): Promise<(ExportError | null)[]> {
  const { id } = loaded.run;
  const planVersion = files[0]?.planVersion ?? loaded.run.planVersion;
  const keys = files.map(({ key }) => key);
  const rows = await db
    .update(runFiles)
    .set({ sentAt: sql`case when ${isForeign(loaded)} then ${runFiles.sentAt} else now() end` })
    .where(
      and(
        ...[eq(runFiles.runId, id), eq(runFiles.planVersion, planVersion), inArray(runFiles.key, keys)],
        inArray(
          runFiles.index,
          files.map(({ index }) => index),
        ),
        ...[eq(runFiles.attempt, attempt), eq(runFiles.state, "Running"), isRunning(id, planVersion)],
      ),
    )
    .returning({ key: runFiles.key, foreign: sql<boolean>`${isForeign(loaded)}` });
  return keys.map((key) => {
    const row = rows.find((one) => one.key === key);
    if (!row) return superseded();
    return row.foreign ? claimedByOther() : null;
  });
}

/** The same for one file. Throws if it may not be stored. */
export async function fenceFile(db: Db, loaded: LoadedRun, file: FileToSend, attempt: number): Promise<void> {
  const [refused] = await fenceFiles(db, loaded, [file], attempt);
  if (refused) throw refused;
}

/** SQL, for a row of `runs`: whether a run may commit the plan that was loaded. */
export const mayCommit = (loaded: LoadedRun) => sql`${isCurrent(loaded)} and not ${isForeign(loaded)}`;

const isCurrent = ({ run }: LoadedRun) =>
  and(eq(runs.id, run.id), eq(runs.state, "Running"), eq(runs.planVersion, run.planVersion));

/**
 * The same before a run's commit; records the manifest as sent, and the statement about the source. Throws if refused.
 */
export async function fenceCommit(
  tx: Tx,
  loaded: LoadedRun,
  source: SourceStatement,
  manifest: SentManifest | null,
): Promise<void> {
  const { run } = loaded;
  const [row] = await tx
    .with(documentsWith(tx, run, { source }, sql`${runs} where ${mayCommit(loaded)}`))
    .update(runs)
    .set({
      manifest: sql`case when ${isForeign(loaded)} then ${runs.manifest} else ${manifest && JSON.stringify(manifest)}::jsonb end`,
    })
    .where(isCurrent(loaded))
    .returning({ foreign: sql<boolean>`${isForeign(loaded)}` });
  if (!row) throw superseded();
  if (row.foreign) throw claimedByOther();
}
