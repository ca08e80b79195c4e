import { and, asc, eq, inArray } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runFiles, runs } from "@/lib/db/schema";
import { writingOf } from "@/lib/destinations/writing";
import { ExportError } from "@/lib/errors";
import type { CommittedTable, Receipt } from "@/lib/schemas/receipt";
import { StagingLost } from "@/lib/warehouse/filled";
import { afterCommit } from "./after-commit";
import { keyedOf, type LoadedRun, loadRun, tablesOf, withDestination } from "./load";
import { lockExport } from "./lock-export";
import { logRun } from "./log";
import { makeReceipt } from "./receipt";
import { reopenFiles } from "./reopen-files";
import { staleKeys } from "./stale-keys";
import { statesBefore } from "./state";

type FileRow = typeof runFiles.$inferSelect;

/**
 * Commits a run whose files all lie at the destination: removes what an earlier plan left, writes the manifest, and only
 * then calls the run Completed. Done twice, it does the same. Answers with the alert that it works again, if there is one.
 * Throws an `ExportError`; with one of the codes `EXPORT_AGAIN` when files have to be exported again before.
 */
export async function commitRun(runId: string): Promise<string | null> {
  const loaded = await loadRun(runId);
  const { run } = loaded;
  if (run.state === "Completed") return null;
  const files = await getDb()
    .select()
    .from(runFiles)
    .where(and(eq(runFiles.runId, runId), eq(runFiles.planVersion, run.planVersion)))
    .orderBy(asc(runFiles.index));
  if (!run.source || files.length !== run.files || files.some(({ state }) => state !== "Completed")) throw notReady();
  const receipt = makeReceipt(run, run.source, files);
  const tables = await commitTo(loaded, receipt, files).catch(async (error) => {
    if (error instanceof StagingLost) await reopenFiles(run, error);
    throw error;
  });
  return complete(loaded, { ...receipt, ...(tables.length > 0 && { tables }) });
}

/** Also where an earlier try had files exported again, but could not say so: the workflow does that now. */
const notReady = () =>
  new ExportError({
    code: "not_ready",
    message: "Not every file of the plan has been exported.",
    fix: "Retry the run.",
    retryable: false,
  });

async function complete({ run, spec, ...loaded }: LoadedRun, receipt: Receipt): Promise<string | null> {
  const { rows, bytes, tables } = receipt;
  const key = manifestKeyOf({ run, spec, ...loaded });
  return getDb().transaction(async (tx) => {
    const exported = await lockExport(tx, run.exportId);
    const [completed] = await tx
      .update(runs)
      .set({ state: "Completed", receipt, rows, bytes, error: null, finishedAt: new Date() })
      .where(and(eq(runs.id, run.id), inArray(runs.state, statesBefore("Completed"))))
      .returning();
    if (!completed) return null;
    const where =
      tables?.map((table) => `${table.table} holds ${table.rows} of them`).join(", ") ?? "the manifest is there";
    const message = `Committed ${rows} rows, ${bytes} bytes: ${where}.`;
    await logRun(run, { level: "info", attempt: completed.attempt, message, ...(key !== null && { file: key }) }, tx);
    return afterCommit(tx, exported, completed);
  });
}

const manifestKeyOf = (loaded: LoadedRun) => writingOf(loaded.spec.destination).manifestKey(keyedOf(loaded));

async function commitTo(loaded: LoadedRun, receipt: Receipt, files: FileRow[]): Promise<CommittedTable[]> {
  const { run, spec } = loaded;
  const keys = files.map(({ key }) => key);
  const manifestKey = manifestKeyOf(loaded);
  const stale = await staleKeys(loaded, keys, manifestKey);
  const { kept, tables } = await withDestination(loaded, (destination) =>
    destination.commit({
      files: files.map(({ key, table, rows }) => ({ key, table, rows: rows ?? 0 })),
      tables: tablesOf(loaded).map(({ table }) => table),
      stale,
      manifest:
        manifestKey === null
          ? null
          : {
              key: manifestKey,
              text: `${JSON.stringify(receipt, null, 2)}\n`,
              markers: writingOf(spec.destination).markerKeys(keyedOf(loaded), keys),
            },
    }),
  );
  for (const file of manifestKey === null ? [] : stale) {
    const [level, message] = kept.includes(file)
      ? (["warn", "Stays in the bucket though this window no longer has it: the credentials may not delete."] as const)
      : (["info", "Removed: an earlier plan of this window had written it."] as const);
    await logRun(run, { level, file, message });
  }
  return tables;
}
