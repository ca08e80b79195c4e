import { and, eq, inArray, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { exports, historicExports, runs } from "@/lib/db/schema";
import { activeStates } from "@/lib/fields/run-state";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { processDependencies } from "@/lib/services/dependencies";
import { getLogger, loggable } from "@/lib/services/logger";
import { applyPending, nextVersion } from "@/lib/services/schedules";
import { getTemporal } from "@/lib/temporal/client";
import { cancelHistoricExport, cancelRun } from "@/lib/temporal/start";
import { auditedExport, exportObject } from "./audited";
import { loadExport } from "./load";
import { noteLeads } from "./note-leads";

/**
 * Deletes an export and its schedule, and cancels its active runs. Past runs stay, so that exported data remains
 * provable.
 */
export async function deleteExport(actor: Actor, input: { id: string }): Promise<undefined> {
  await getDb().transaction(async (tx) => {
    const row = await loadExport(actor, input.id, { tx, lock: true });
    await tx
      .update(exports)
      .set({ deletedAt: sql`now()`, paused: true, scheduleVersion: nextVersion })
      .where(and(eq(exports.id, row.id), eq(exports.organizationId, actor.organizationId)));
    await noteLeads(tx, new Map([[row.id, null]]));
    await recordAudit(tx, actor, { action: "export.delete", ...exportObject(row), before: auditedExport(row) });
  });
  await applyPending(processDependencies(), [input.id]);
  await cancelActive(actor.organizationId, input.id);
}

/** The export is already deleted, so a failed cancellation is only logged: the run ends by itself. */
async function cancelActive(organizationId: string, exportId: string): Promise<void> {
  const db = getDb();
  const historic = await db
    .select({ id: historicExports.id })
    .from(historicExports)
    .where(
      and(
        eq(historicExports.organizationId, organizationId),
        eq(historicExports.exportId, exportId),
        inArray(historicExports.state, activeStates),
      ),
    );
  const active = await db
    .select({ workflowId: runs.workflowId })
    .from(runs)
    .where(
      and(eq(runs.organizationId, organizationId), eq(runs.exportId, exportId), inArray(runs.state, activeStates)),
    );
  const results = await Promise.allSettled([
    ...historic.map(({ id }) => cancelHistoricExport(getTemporal(), id)),
    ...active.map(({ workflowId }) => cancelRun(getTemporal(), workflowId)),
  ]);
  for (const result of results)
    if (result.status === "rejected")
      getLogger().warn({ exportId, error: loggable(result.reason) }, "Canceling a run of a deleted export failed.");
}
