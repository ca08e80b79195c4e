import { and, desc, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import type { ExportRow, RunRow } from "@/lib/db/rows";
import { exports, runs } from "@/lib/db/schema";
import type { Failure } from "@/lib/errors";
import type { StoredPause } from "@/lib/schemas/export";
import { raiseAlert, wasReported } from "@/lib/services/alerts";
import { recordAudit, system } from "@/lib/services/audit";
import { nextVersion, noteRests } from "@/lib/services/schedules";
import { counts, oneMoreFailure } from "./failing";

export interface AfterEnd {
  /** The raised alert, if any. */
  alertId: string | null;
  /** The export, if it paused itself; its schedule is still to be paused. */
  paused: ExportRow | null;
}

export const NOTHING: AfterEnd = { alertId: null, paused: null };

/**
 * Handles a window's final failure: counts it, may pause the export, and raises an alert. Call it in the transaction
 * that ends the run and holds the export's lock.
 */
export async function afterFailure(tx: Tx, exported: ExportRow, run: RunRow, failure: Failure): Promise<AfterEnd> {
  if (exported.deletedAt || !(counts(run) || (await hasWithdrawn(tx, run)))) return NOTHING;
  const { failures, pauses } = oneMoreFailure(exported, failure);
  await tx.update(exports).set({ failuresInRow: failures }).where(eq(exports.id, exported.id));
  const about = { runId: run.id, intervalStart: run.intervalStart, intervalEnd: run.intervalEnd };
  const alert = { ...about, cause: failure.code, failure };
  if (pauses) {
    const paused = await pauseItself(tx, exported, failures, failure);
    // This alert also reports the failure.
    return { alertId: await raiseAlert(tx, paused, { ...alert, kind: "paused" }), paused };
  }
  if (await wasReported(tx, exported.id, failure.code)) return NOTHING;
  return { alertId: await raiseAlert(tx, exported, { ...alert, kind: "failed" }), paused: null };
}

/** Whether a run has taken its window's receipt away, as one does that writes under the same names, and left none. */
const hasWithdrawn = async (tx: Tx, { id, trigger }: RunRow): Promise<boolean> =>
  trigger === "heal" && (await tx.$count(runs, eq(runs.supersededBy, id))) > 0;

/** Pauses an export whose windows fail, and audits it. */
export async function pauseItself(tx: Tx, exported: ExportRow, failures: number, error: Failure): Promise<ExportRow> {
  const since = await firstOf(tx, exported.id, failures);
  const at = await dbNow(tx);
  const pause: StoredPause = { by: "failures", at: at.toISOString(), since: since.toISOString(), failures, error };
  const [paused] = await tx
    .update(exports)
    .set({ paused: true, pause, scheduleVersion: nextVersion, updatedAt: at })
    .where(eq(exports.id, exported.id))
    .returning();
  await noteRests(tx, [exported.id]);
  const { id, name, projectId, organizationId } = exported;
  await recordAudit(tx, system(organizationId), {
    action: "export.pause",
    object: { id, name },
    projectId,
    before: { paused: false },
    after: { paused: true, failures, error: error.message },
  });
  return paused!;
}

/** The start of the earliest of the last `failures` failed windows, which may have failed out of order. */
async function firstOf(tx: Tx, exportId: string, failures: number): Promise<Date> {
  const rows = await tx
    .select({ start: runs.intervalStart })
    .from(runs)
    .where(and(eq(runs.exportId, exportId), eq(runs.state, "Failed"), isNull(runs.historicExportId)))
    .orderBy(desc(runs.finishedAt))
    .limit(failures);
  // No run has failed yet if the export pauses for one that is about to.
  return rows.length === 0 ? new Date() : new Date(Math.min(...rows.map(({ start }) => start.getTime())));
}
