import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";
import type { RunRow } from "@/lib/db/rows";
import { runFiles, runs } from "@/lib/db/schema";
import type { Failure } from "@/lib/errors";
import type { Dependencies } from "@/lib/services/dependencies";
import { idsOf } from "@/lib/services/log-fields";
import { getLogger, loggable } from "@/lib/services/logger";
import { applyPending } from "@/lib/services/schedules";
import { afterFailure, NOTHING } from "./after-failure";
import { type Chain, lockChain } from "./chain/lock-chain";
import { abandonReceipt, voidReceipt } from "./chain/standing";
import { sameWindow } from "./history";
import { logRun } from "./log";
import { statesBefore } from "./state";

type End = "Failed" | "Cancelled";

/**
 * Ends a run as failed or canceled; a run that has already ended stays unchanged. Returns the id of the alert that a
 * failure raises, if any.
 */
export async function endRun(
  deps: Dependencies,
  runId: string,
  state: End,
  error: Failure | null,
): Promise<string | null> {
  let ended: RunRow | undefined;
  const { alertId, paused } = await deps.db.transaction(async (tx) => {
    const [known] = await tx.select({ exportId: runs.exportId }).from(runs).where(eq(runs.id, runId));
    if (!known) return NOTHING;
    const chain = await lockChain(tx, known.exportId);
    const run = await close(tx, runId, state, error);
    ended = run;
    // A receipt joins the chain together with the note that its manifest is sent.
    if (run?.manifest) await voidSealed(tx, chain, run);
    return run && error && state === "Failed" ? afterFailure(tx, chain.exported, run, error) : NOTHING;
  });
  if (ended) getLogger().warn({ ...idsOf(ended), state, code: error?.code }, "A run ended without a commit.");
  if (paused) await applyPending(deps, [paused.id]);
  return alertId;
}

/** Fails a run that never started, without counting it against the export: the caller reports the error. */
export async function endUnstarted(db: Db, runId: string, error: Failure): Promise<void> {
  await db.transaction((tx) => close(tx, runId, "Failed", error));
}

/** A run ends even if nothing can be signed: reconciliation then voids its receipt later. */
async function voidSealed(tx: Tx, chain: Chain, run: RunRow): Promise<void> {
  try {
    await chain.key();
  } catch (error) {
    getLogger().error(
      { runId: run.id, error: loggable(error) },
      "A receipt that was not committed can't be voided yet.",
    );
    await abandonReceipt(tx, run.id);
    return;
  }
  await voidReceipt(tx, chain, run, `The run ended ${run.state} before its commit.`);
}

async function close(tx: Tx, runId: string, state: End, error: Failure | null): Promise<RunRow | undefined> {
  const [run] = await tx
    .update(runs)
    .set({ state, error, finishedAt: sql`now()` })
    .where(and(eq(runs.id, runId), inArray(runs.state, statesBefore(state))))
    .returning();
  if (!run) return undefined;
  await askForCleaning(tx, run);
  const unfinished = and(eq(runFiles.runId, runId), eq(runFiles.state, "Running"));
  await tx.update(runFiles).set({ state: "Failed" }).where(unfinished);
  const message = state === "Cancelled" ? "Canceled." : `Failed: ${error?.message ?? ""} ${error?.fix ?? ""}`.trim();
  await logRun(tx, run, { level: state === "Failed" ? "error" : "warn", attempt: run.attempt, message });
  return run;
}

/** Marks the window's current run for cleaning, which removes the files that an ended run has sent. */
async function askForCleaning(tx: Tx, run: RunRow): Promise<void> {
  await tx
    .update(runs)
    .set({ cleanedAt: null })
    .where(
      and(
        sameWindow(run),
        eq(runs.state, "Completed"),
        isNull(runs.supersededBy),
        sql`exists (select 1 from run_files f where f.run_id = ${run.id} and (f.sent_at is not null or f.renamed_from is not null))`,
      ),
    );
}
