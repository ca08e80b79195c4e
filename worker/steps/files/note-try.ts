import { and, eq, inArray, lt } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { runFiles, runs } from "@/lib/db/schema";
import type { Failure } from "@/lib/errors";
import { activeStates } from "@/lib/fields/run-state";
import { logRun } from "@/lib/services/ledger";
import type { FileRef } from "./export-file";

const active = (runId: string) => and(eq(runs.id, runId), inArray(runs.state, activeStates));

/** Records the `attempt`-th try of a step: the run shows the highest of its steps. */
export async function noteAttempt(db: Db, runId: string, attempt: number): Promise<void> {
  if (attempt > 1)
    await db
      .update(runs)
      .set({ attempt })
      .where(and(active(runId), lt(runs.attempt, attempt)));
}

/** Records why a step failed. While the run is active, it shows as "retrying", not as failed. */
export async function noteFailure(
  db: Db,
  runId: string,
  attempt: number,
  failure: Failure,
  file?: FileRef,
): Promise<void> {
  const [run] = await db.update(runs).set({ error: failure }).where(active(runId)).returning();
  if (!run) return;
  let key: string | undefined;
  if (file) {
    const isFile = and(
      eq(runFiles.runId, runId),
      eq(runFiles.planVersion, file.planVersion),
      eq(runFiles.index, file.index),
    );
    const [row] = await db.update(runFiles).set({ state: "Failed", error: failure }).where(isFile).returning();
    key = row?.key;
  }
  const level = failure.retryable ? "warn" : "error";
  const message = `Attempt ${attempt} failed: ${failure.message} (${failure.code})`;
  await logRun(db, run, { level, attempt, message, ...(key !== undefined && { file: key }) });
}

/** Called once a step succeeds after failures. */
export async function clearFailure(db: Db, runId: string): Promise<void> {
  await db.update(runs).set({ error: null }).where(active(runId));
}
