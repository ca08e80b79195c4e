import { and, eq, inArray } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runFiles, runs } from "@/lib/db/schema";
import { activeStates } from "@/lib/schemas/run";
import type { StagingLost } from "@/lib/warehouse/filled";
import type { RunRow } from "./load";
import { logRun } from "./log";

/** Forgets what was measured of files whose staged rows are lost, so that the workflow exports them again. A run that has ended stays. */
export async function reopenFiles(run: RunRow, { keys }: StagingLost): Promise<void> {
  await getDb().transaction(async (tx) => {
    const active = and(eq(runs.id, run.id), inArray(runs.state, activeStates));
    const [held] = await tx.select({ id: runs.id }).from(runs).where(active).for("update");
    if (!held) return;
    const lost = and(
      eq(runFiles.runId, run.id),
      eq(runFiles.planVersion, run.planVersion),
      eq(runFiles.state, "Completed"),
      inArray(runFiles.key, [...keys]),
    );
    const measured = { rows: null, bytes: null, sha256: null, etag: null, encryption: null, finishedAt: null };
    const reopened = await tx
      .update(runFiles)
      .set({ state: "Pending", ...measured })
      .where(lost)
      .returning({ index: runFiles.index });
    if (reopened.length === 0) return;
    const files = reopened.length === 1 ? "1 file is" : `${reopened.length} files are`;
    const message = `Staged rows are gone, as after a crash of the warehouse's server: ${files} exported again.`;
    await logRun(run, { level: "warn", attempt: run.attempt, message }, tx);
  });
}
