import { randomUUID } from "node:crypto";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import { conflict } from "@/lib/errors";
import type { Run } from "@/lib/schemas/run";
import { recordAudit } from "@/lib/services/audit/record";
import type { Actor } from "@/lib/services/auth/actor";
import { isUniqueViolation } from "@/lib/services/db-errors";
import { type ExportRow, loadExport } from "@/lib/services/exports/load";
import { timelineOf } from "@/lib/services/exports/timeline";
import { requireVerified } from "@/lib/services/exports/verified";
import { runWorkflowId } from "@/lib/temporal/contract";
import { newestWindow } from "@/lib/windows";
import { runObject } from "./audited";
import { inProgress } from "./in-progress";
import { newRequestId } from "./request-id";
import { startInserted } from "./start-inserted";
import { type RunRow, toRun } from "./to-wire";

/** Runs the window that has just ended, whether or not it was exported before. Refused while a run on it is under way. */
export async function runNow(actor: Actor, input: { id: string }): Promise<Run> {
  const exported = await loadExport(actor, input.id);
  await requireVerified(exported);
  const row = await insert(actor, exported);
  await startInserted(row, exported);
  return toRun(row, 0);
}

async function insert(actor: Actor, exported: ExportRow): Promise<RunRow> {
  const window = newestWindow(timelineOf(exported), exported, new Date());
  if (!window) throw conflict("no_window", "No window of this export has ended yet: there is nothing to run.");
  const id = randomUUID();
  const values = {
    id,
    organizationId: exported.organizationId,
    projectId: exported.projectId,
    exportId: exported.id,
    requestId: newRequestId(),
    workflowId: runWorkflowId(id),
    trigger: "once" as const,
    intervalStart: window.start,
    intervalEnd: window.end,
    createdBy: actor.userId,
    requestedBy: actor.name,
  };
  try {
    return await getDb().transaction(async (tx) => {
      const [row] = await tx.insert(runs).values(values).returning();
      const after = { intervalStart: window.start, intervalEnd: window.end };
      await recordAudit(tx, actor, { action: "run.start", ...runObject(row!), after });
      return row!;
    });
  } catch (error) {
    if (isUniqueViolation(error, "runs_one_active_per_window")) throw inProgress();
    throw error;
  }
}
