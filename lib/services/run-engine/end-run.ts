import { and, eq, inArray } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runFiles, runs } from "@/lib/db/schema";
import type { Failure } from "@/lib/errors";
import { logRun } from "./log";
import { statesBefore } from "./state";

/** Ends a run that did not complete. One that has ended already stays as it is. */
export async function endRun(runId: string, state: "Failed" | "Cancelled", error: Failure | null): Promise<void> {
  await getDb().transaction(async (tx) => {
    const [run] = await tx
      .update(runs)
      .set({ state, error, finishedAt: new Date() })
      .where(and(eq(runs.id, runId), inArray(runs.state, statesBefore(state))))
      .returning();
    if (!run) return;
    const unfinished = and(eq(runFiles.runId, runId), eq(runFiles.state, "Running"));
    await tx.update(runFiles).set({ state: "Failed" }).where(unfinished);
    const message = state === "Cancelled" ? "Cancelled." : `Failed: ${error?.message ?? ""} ${error?.fix ?? ""}`.trim();
    await logRun(run, { level: state === "Failed" ? "error" : "warn", attempt: run.attempt, message }, tx);
  });
}
