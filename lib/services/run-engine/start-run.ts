import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { exports, runs } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import { ExportError } from "@/lib/errors";
import { isActive } from "@/lib/schemas/run";
import { isUniqueViolation } from "@/lib/services/db-errors";
import { timelineOf } from "@/lib/services/exports/timeline";
import { newRequestId } from "@/lib/services/runs/request-id";
import type { ExportRunInput } from "@/lib/temporal/contract";
import { clip, type Window, windowEndingAt } from "@/lib/windows";
import type { ExportRow, RunRow } from "./load";
import { logRun } from "./log";

export interface StartedRun {
  runId: string;
  /** How long to wait, in ms, until the window has settled. */
  waitMs: number;
}

/**
 * Gives a workflow its run: the row that was made for it, or a new one for its window. Asked again by the same workflow, it
 * answers the same. Null when there is nothing to do: the export is deleted, the window lies outside its bounds, the schedule
 * has fired for it before, or the run has ended already. Throws a retryable `ExportError` while another run holds the window.
 */
export async function startRun(
  input: ExportRunInput,
  workflow: { id: string; scheduledFor: Date },
): Promise<StartedRun | null> {
  const run = input.runId ? await findById(input.runId) : await findOrCreate(input, workflow);
  if (!run || !isActive(run.state)) return null;
  const settled = run.intervalEnd.getTime() + getEnv().SETTLE_SECONDS * 1000;
  const waitMs = Math.max(0, settled - Date.now());
  if (run.state === "Starting") {
    const wait = waitMs > 0 ? `; waiting ${Math.ceil(waitMs / 1000)} s for the window to settle` : "";
    const range = `${run.intervalStart.toISOString()} to ${run.intervalEnd.toISOString()}`;
    await logRun(run, { level: "info", message: `Run of ${range} (${run.trigger}, request ${run.requestId})${wait}.` });
  }
  return { runId: run.id, waitMs };
}

async function findById(id: string): Promise<RunRow | undefined> {
  return (await getDb().select().from(runs).where(eq(runs.id, id)))[0];
}

async function findOrCreate(
  input: ExportRunInput,
  workflow: { id: string; scheduledFor: Date },
): Promise<RunRow | undefined> {
  const [known] = await getDb().select().from(runs).where(eq(runs.workflowId, workflow.id));
  if (known) return known;
  const [spec] = await getDb().select().from(exports).where(eq(exports.id, input.exportId));
  if (!spec || spec.deletedAt) return undefined;
  const window = clip(wholeWindow(input, spec, workflow.scheduledFor), spec);
  if (!window || (!input.historic && (await wasFired(spec, window)))) return undefined;
  return create(spec, window, input, workflow.id);
}

/** Around a change of the clocks a schedule may fire twice for one window. */
async function wasFired(spec: ExportRow, { start, end }: Window): Promise<boolean> {
  const sameWindow = and(eq(runs.exportId, spec.id), eq(runs.intervalStart, start), eq(runs.intervalEnd, end));
  const fired = await getDb()
    .select({ id: runs.id })
    .from(runs)
    .where(and(sameWindow, eq(runs.trigger, "schedule")))
    .limit(1);
  return fired.length > 0;
}

const wholeWindow = ({ historic }: ExportRunInput, spec: ExportRow, scheduledFor: Date): Window =>
  historic
    ? { start: new Date(historic.start), end: new Date(historic.end) }
    : windowEndingAt(timelineOf(spec), scheduledFor);

async function create(spec: ExportRow, window: Window, { historic }: ExportRunInput, workflowId: string) {
  try {
    const [run] = await getDb()
      .insert(runs)
      .values({
        organizationId: spec.organizationId,
        projectId: spec.projectId,
        exportId: spec.id,
        historicExportId: historic?.id,
        requestId: newRequestId(),
        workflowId,
        trigger: historic ? "historic" : "schedule",
        intervalStart: window.start,
        intervalEnd: window.end,
      })
      .returning();
    return run;
  } catch (error) {
    if (!isUniqueViolation(error, "runs_one_active_per_window")) throw error;
    const [holder] = await getDb()
      .select({ requestId: runs.requestId })
      .from(runs)
      .where(and(eq(runs.exportId, spec.id), eq(runs.intervalStart, window.start)));
    const message = `Another run${holder ? ` (request ${holder.requestId})` : ""} exports this window right now.`;
    throw new ExportError({ code: "window_busy", message, fix: null, retryable: true }, { cause: error });
  }
}
