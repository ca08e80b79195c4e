import { and, asc, eq, inArray } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runFiles, runs } from "@/lib/db/schema";
import { ExportError } from "@/lib/errors";
import { manifestKey, markerKeys } from "@/lib/layouts/keys";
import type { Receipt } from "@/lib/schemas/receipt";
import { afterCommit } from "./after-commit";
import { keyedOf, type LoadedRun, loadRun, type RunRow, withDestination } from "./load";
import { lockExport } from "./lock-export";
import { logRun } from "./log";
import { makeReceipt } from "./receipt";
import { staleFiles, staleManifests } from "./stale-keys";
import { statesBefore } from "./state";

/**
 * Commits a run whose files all lie at the destination: removes what an earlier plan left, writes the manifest, and only
 * then calls the run Completed. Done twice, it does the same. Answers with the alert that it works again, if there is one.
 * Throws an `ExportError`.
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
  if (!run.source || files.length !== run.files || files.some(({ state }) => state !== "Completed"))
    throw new ExportError({ code: "not_ready", message: "Not every file is there yet.", fix: null, retryable: true });
  const receipt = makeReceipt(run, run.source, files);
  const key = manifestKey(keyedOf(loaded));
  await writeOut(loaded, receipt, key);
  return complete(run, receipt, key);
}

async function complete(run: RunRow, receipt: Receipt, key: string): Promise<string | null> {
  const { rows, bytes } = receipt;
  return getDb().transaction(async (tx) => {
    const exported = await lockExport(tx, run.exportId);
    const [completed] = await tx
      .update(runs)
      .set({ state: "Completed", receipt, rows, bytes, error: null, finishedAt: new Date() })
      .where(and(eq(runs.id, run.id), inArray(runs.state, statesBefore("Completed"))))
      .returning();
    if (!completed) return null;
    const message = `Committed ${rows} rows, ${bytes} bytes with the manifest.`;
    await logRun(run, { level: "info", attempt: completed.attempt, file: key, message }, tx);
    return afterCommit(tx, exported, completed);
  });
}

async function writeOut(loaded: LoadedRun, receipt: Receipt, key: string): Promise<void> {
  const { run } = loaded;
  const files = receipt.files.map((file) => file.key);
  const [staleKeys, oldManifests] = await Promise.all([staleFiles(run, new Set(files)), staleManifests(loaded, key)]);
  const stale = [...oldManifests, ...staleKeys];
  await withDestination(loaded, async (destination) => {
    const { kept } = await destination.remove(stale);
    const removed = stale.filter((staleKey) => !kept.includes(staleKey));
    for (const file of removed)
      await logRun(run, { level: "info", file, message: "Removed: an earlier plan of this window had written it." });
    for (const file of kept) {
      const message = "Stays in the bucket though this window no longer has it: the credentials may not delete.";
      await logRun(run, { level: "warn", file, message });
    }
    const markers = markerKeys(keyedOf(loaded), files);
    await destination.commit({ key, text: `${JSON.stringify(receipt, null, 2)}\n`, markers });
  });
}
