import { and, eq, or } from "drizzle-orm";
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
  const [spec] = await getDb().select().from(exports).where(eq(exports.id, input.exportId));
  const window = spec && !spec.deletedAt ? clip(wholeWindow(input, spec, workflow.scheduledFor), spec) : null;
  const found = await findRuns(workflow.id, spec, input.historic ? null : window);
  const known = found.find(({ workflowId }) => workflowId === workflow.id);
  if (known) return known;
  // Around a change of the clocks a schedule may fire twice for one window.
  if (!spec || !window || found.length > 0) return undefined;
  return create(spec, window, input, workflow.id);
}

/** The run of a workflow, and those that the schedule has started for a window. */
function findRuns(workflowId: string, spec: ExportRow | undefined, window: Window | null): Promise<RunRow[]> {
  const mine = eq(runs.workflowId, workflowId);
  if (!spec || !window) return getDb().select().from(runs).where(mine);
  const { start, end } = window;
  const sameWindow = and(eq(runs.exportId, spec.id), eq(runs.intervalStart, start), eq(runs.intervalEnd, end));
  return getDb()
    .select()
    .from(runs)
    .where(or(mine, and(sameWindow, eq(runs.trigger, "schedule"))));
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
