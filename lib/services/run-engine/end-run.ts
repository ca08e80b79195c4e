import { and, eq, inArray } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { runFiles, runs } from "@/lib/db/schema";
import type { Failure } from "@/lib/errors";
import { applySchedule } from "@/lib/services/exports/schedule";
import { getLogger, loggable } from "@/lib/services/logger";
import { afterFailure, NOTHING } from "./after-failure";
import type { RunRow } from "./load";
import { lockExport } from "./lock-export";
import { logRun } from "./log";
import { statesBefore } from "./state";

type End = "Failed" | "Cancelled";

/**
 * Ends a run that did not complete, and tells of one that failed for good. One that has ended already stays as it is. Answers
 * with the alert, if there is one.
 */
export async function endRun(runId: string, state: End, error: Failure | null): Promise<string | null> {
  const { alertId, paused } = await getDb().transaction(async (tx) => {
    const [known] = await tx.select({ exportId: runs.exportId }).from(runs).where(eq(runs.id, runId));
    if (!known) return NOTHING;
    const exported = await lockExport(tx, known.exportId);
    const run = await close(tx, runId, state, error);
    return run && error && state === "Failed" ? afterFailure(tx, exported, run, error) : NOTHING;
  });
  if (paused) await pauseSchedule(paused.id);
  return alertId;
}

/** Ends a run that never began: whoever asked for it is told so at once, and the export is not to blame. */
export async function endUnstarted(runId: string, error: Failure): Promise<void> {
  await getDb().transaction((tx) => close(tx, runId, "Failed", error));
}

async function close(tx: Tx, runId: string, state: End, error: Failure | null): Promise<RunRow | undefined> {
  const [run] = await tx
    .update(runs)
    .set({ state, error, finishedAt: new Date() })
    .where(and(eq(runs.id, runId), inArray(runs.state, statesBefore(state))))
    .returning();
  if (!run) return undefined;
  const unfinished = and(eq(runFiles.runId, runId), eq(runFiles.state, "Running"));
  await tx.update(runFiles).set({ state: "Failed" }).where(unfinished);
  const message = state === "Cancelled" ? "Cancelled." : `Failed: ${error?.message ?? ""} ${error?.fix ?? ""}`.trim();
  await logRun(run, { level: state === "Failed" ? "error" : "warn", attempt: run.attempt, message }, tx);
  return run;
}

/** The export is paused by now: where Temporal can't be told, reconciling tells it within a minute. */
async function pauseSchedule(exportId: string): Promise<void> {
  try {
    // Somebody may have resumed it meanwhile, so it is read once more.
    await getDb().transaction(async (tx) => applySchedule(await lockExport(tx, exportId), tx));
  } catch (error) {
    getLogger().warn({ exportId, error: loggable(error) }, "A schedule was not paused at once.");
  }
}
