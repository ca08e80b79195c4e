import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { RunRow } from "@/lib/db/rows";
import { runFiles, runs } from "@/lib/db/schema";
import { activeStates } from "@/lib/fields/run-state";
import { logRun } from "@/lib/services/ledger";

/**
 * Clears the measurements of files that the destination no longer holds as written, so the workflow exports them again.
 * `why` starts the line in the run's log. Leaves an ended run alone.
 */
export async function reopenFiles(db: Db, run: RunRow, keys: readonly string[], why: string): Promise<void> {
  await db.transaction(async (tx) => {
    const active = and(eq(runs.id, run.id), sql`${runs.state} = any(${sql.param([...activeStates])}::text[])`);
    const [held] = await tx.select({ id: runs.id }).from(runs).where(active).for("update");
    if (!held) return;
    const gone = and(
      eq(runFiles.runId, run.id),
      eq(runFiles.planVersion, run.planVersion),
      eq(runFiles.state, "Completed"),
      sql`${runFiles.key} = any(${sql.param([...keys])}::text[])`,
    );
    const measured = { rows: null, bytes: null, sha256: null, etag: null, encryption: null, finishedAt: null };
    const reopened = await tx
      .update(runFiles)
      .set({ state: "Pending", attempt: 0, ...measured })
      .where(gone)
      .returning({ index: runFiles.index });
    if (reopened.length === 0) return;
    const files = reopened.length === 1 ? "1 file is" : `${reopened.length} files are`;
    await logRun(tx, run, { level: "warn", attempt: run.attempt, message: `${why}: ${files} exported again.` });
  });
}
