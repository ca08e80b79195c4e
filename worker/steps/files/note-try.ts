import { and, eq, inArray, lt } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { runFiles, runs } from "@/lib/db/schema";
import type { Failure } from "@/lib/errors";
import { WORKER_SHUTDOWN } from "@/lib/failure-codes";
import { activeStates } from "@/lib/fields/run-state";
import { logRun } from "@/lib/services/ledger";
import type { FileRef } from "./export-file";
import { endTry } from "./tries";

const isFileOf = ({ runId, planVersion, index }: FileRef) =>
  and(eq(runFiles.runId, runId), eq(runFiles.planVersion, planVersion), eq(runFiles.index, index));

const active = (runId: string) => and(eq(runs.id, runId), inArray(runs.state, activeStates));

/** Records the `attempt`-th try of a step: the run shows the highest of its steps. */
export async function noteAttempt(db: Db, runId: string, attempt: number): Promise<void> {
  if (attempt > 1)
    await db
      .update(runs)
      .set({ attempt })
      .where(and(active(runId), lt(runs.attempt, attempt)));
}

/**
 * Records why a step failed. While the run is active, it shows as "retrying", not as failed. A shutdown of the worker is
 * no failure of the run.
 */
export async function noteFailure(
  db: Db,
  runId: string,
  attempt: number,
  failure: Failure,
  file?: FileRef,
): Promise<void> {
  if (failure.code === WORKER_SHUTDOWN) return noteShutdown(db, runId, attempt, file);
  const [run] = await db.update(runs).set({ error: failure }).where(active(runId)).returning();
  if (!run) return;
  let key: string | undefined;
  if (file) {
    const isFile = isFileOf(file);
    const [row] = await db
      .update(runFiles)
      .set({ state: "Failed", error: failure, ...endTry(failure.code) })
      .where(isFile)
      .returning();
    key = row?.key;
  }
  const level = failure.retryable ? "warn" : "error";
  const message = `Attempt ${attempt} failed: ${failure.message} (${failure.code})`;
  await logRun(db, run, { level, attempt, message, ...(key !== undefined && { file: key }) });
}

/** Records that the worker was shut down during an attempt: the file waits for another one. */
async function noteShutdown(db: Db, runId: string, attempt: number, file?: FileRef): Promise<void> {
  const [run] = await db.select().from(runs).where(active(runId));
  if (!run) return;
  const isOurs = file && and(isFileOf(file), eq(runFiles.attempt, attempt), eq(runFiles.state, "Running"));
  const [row] = isOurs
    ? await db
        .update(runFiles)
        .set({ state: "Pending", ...endTry(WORKER_SHUTDOWN) })
        .where(isOurs)
        .returning()
    : [];
  const message = `The worker was shut down during attempt ${attempt}, which doesn't count. Another worker continues.`;
  await logRun(db, run, { level: "info", attempt, message, ...(row && { file: row.key }) });
}

/** Called once a step succeeds after failures. */
export async function clearFailure(db: Db, runId: string): Promise<void> {
  await db.update(runs).set({ error: null }).where(active(runId));
}
