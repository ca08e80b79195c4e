import { eq } from "drizzle-orm";
import type { RunRow } from "@/lib/db/rows";
import { runs } from "@/lib/db/schema";
import { isActive } from "@/lib/fields/run-state";
import type { Dependencies } from "@/lib/services/dependencies";
import { type LogLine, logRunLines } from "@/lib/services/ledger";
import { type ExportRunInput, type Turn, turnOf } from "@/lib/temporal/contract";
import { SECOND } from "@/lib/units";
import { noteAttempt } from "../files/note-try";
import { loadRun } from "../load";
import type { PlannedRun, Planning } from "../plan/plan-run";
import { committingPlan, type Finished, finishSmall } from "./finish-small";
import { untilSettled } from "./settled";
import { startHistoricRun } from "./start-historic-run";
import { tick } from "./tick";

export interface StartedRun {
  runId: string;
  /** How long to wait, in ms, until the window has settled by the database's clock. */
  waitMs: number;
  turn: Turn;
  /** What is already planned. */
  plan?: PlannedRun & Finished;
}

/**
 * Gives a workflow its run: the row made for it, a new one for its window of a historic export or, if a schedule fired,
 * one for the oldest due window. Idempotent per workflow. Null if there is nothing to do: nothing is due, the export is
 * deleted, the window is outside its bounds, or the run has already ended. Throws a retryable `ExportError` while
 * another run holds the window.
 */
export async function startRun(
  deps: Dependencies,
  input: ExportRunInput,
  workflowId: string,
): Promise<StartedRun | null> {
  const begun = await begin(deps, input, workflowId);
  if (!begun) return null;
  const { loaded, lines, ...started } = begun;
  await logRunLines(deps.db, loaded.run, lines);
  return started;
}

/**
 * The same, and if the window has settled, also plans the run and finishes it if it is small. Later steps take over
 * after any failure there, or if the worker dies on the way.
 */
export async function startAndFinish(
  deps: Dependencies,
  input: ExportRunInput,
  workflowId: string,
  current: Planning,
): Promise<StartedRun | null> {
  const begun = await begin(deps, input, workflowId);
  if (!begun) return null;
  const { loaded, lines, ...started } = begun;
  const { run } = loaded;
  if (run.state === "Starting" && started.waitMs === 0) {
    const plan = await finishSmall(deps, loaded, { ...current, lines }).catch(() => undefined);
    return plan ? { ...started, plan } : started;
  }
  await logRunLines(deps.db, run, lines);
  // Tries before a run began belong to none of its steps.
  if (run.state === "Running") await noteAttempt(deps.db, run.id, current.attempt);
  const plan = committingPlan(run);
  return plan ? { ...started, plan } : started;
}

async function begin(deps: Dependencies, input: ExportRunInput, workflowId: string) {
  const known = await runOf(deps, input, workflowId);
  if (!known || !isActive(known.state)) return null;
  const loaded = await loadRun(deps.db, known.id);
  const { run, settleSeconds, now } = loaded;
  const waitMs = untilSettled(run, settleSeconds, now);
  return { runId: run.id, waitMs, turn: turnOf(run), loaded, lines: linesOf(run, waitMs) };
}

function linesOf({ state, intervalStart, intervalEnd, trigger, requestId }: RunRow, waitMs: number): LogLine[] {
  if (state !== "Starting") return [];
  const wait = waitMs > 0 ? `; waiting ${Math.ceil(waitMs / SECOND)} s for the window to settle` : "";
  const range = `${intervalStart.toISOString()} to ${intervalEnd.toISOString()}`;
  return [{ level: "info", message: `Run of ${range} (${trigger}, request ${requestId})${wait}.` }];
}

async function runOf(deps: Dependencies, { exportId, runId, historic }: ExportRunInput, workflowId: string) {
  if (historic) return startHistoricRun(deps.db, exportId, historic, workflowId);
  if (!runId) return tick(deps, exportId, workflowId);
  return (await deps.db.select({ id: runs.id, state: runs.state }).from(runs).where(eq(runs.id, runId)))[0];
}
