import { randomUUID } from "node:crypto";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import { conflict } from "@/lib/errors";
import type { Run } from "@/lib/schemas/run";
import { isActive } from "@/lib/schemas/run";
import { recordAudit } from "@/lib/services/audit/record";
import type { Actor } from "@/lib/services/auth/actor";
import { isUniqueViolation } from "@/lib/services/db-errors";
import { type ExportRow, loadExport } from "@/lib/services/exports/load";
import { requireVerified } from "@/lib/services/exports/verified";
import { runWorkflowId } from "@/lib/temporal/contract";
import { clip } from "@/lib/windows";
import { runObject } from "./audited";
import { inProgress } from "./in-progress";
import { loadRun } from "./load";
import { newRequestId } from "./request-id";
import { startInserted } from "./start-inserted";
import { type RunRow, toRun } from "./to-wire";

/** Runs a finished run's window again, cut at the export's end date. Refused while any run on that window is under way. */
export async function retryRun(actor: Actor, input: { id: string }): Promise<Run> {
  const run = await loadRun(actor, input.id);
  if (isActive(run.state)) throw inProgress();
  const exported = await loadExport(actor, run.exportId);
  await requireVerified(exported);
  const row = await insertRetry(actor, run, exported);
  await startInserted(row, exported);
  return toRun(row, 0);
}

async function insertRetry(actor: Actor, run: RunRow, exported: ExportRow): Promise<RunRow> {
  // The start date is left alone: what was once exported before it may be exported again.
  const window = clip({ start: run.intervalStart, end: run.intervalEnd }, { startAt: null, endAt: exported.endAt });
  if (!window)
    throw conflict(
      "past_end_date",
      "This window lies after the export's end date: change the date to export it again.",
    );
  const id = randomUUID();
  const values = {
    id,
    organizationId: run.organizationId,
    projectId: run.projectId,
    exportId: run.exportId,
    historicExportId: run.historicExportId,
    retryOf: run.id,
    requestId: newRequestId(),
    workflowId: runWorkflowId(id),
    trigger: "retry" as const,
    intervalStart: window.start,
    intervalEnd: window.end,
    createdBy: actor.userId,
    requestedBy: actor.name,
  };
  try {
    return await getDb().transaction(async (tx) => {
      const [row] = await tx.insert(runs).values(values).returning();
      const { start: intervalStart, end: intervalEnd } = window;
      const after = { retryOf: run.requestId, intervalStart, intervalEnd };
      await recordAudit(tx, actor, { action: "run.retry", ...runObject(row!), after });
      return row!;
    });
  } catch (error) {
    if (isUniqueViolation(error, "runs_one_active_per_window")) throw inProgress();
    throw error;
  }
}
