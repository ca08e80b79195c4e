import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import { getTemporal } from "@/lib/temporal/client";
import { runWorkflowId } from "@/lib/temporal/contract";
import { sweepLost } from "@/worker/steps/upkeep/sweep";
import { deps } from "../deps";
import { until } from "../until";
import type { Armed, Fault } from "./armed";
import type { Cell } from "./cells";
import type { Problems } from "./reader";
import { askAgain, cleaned, ended, recover } from "./recover";

/** An export with one window to be troubled, for any kind of destination. */
export interface TroubledWindow {
  project: Parameters<typeof ended>[0];
  connectionId: string;
  arm(cell: Cell, fault: Fault): Armed;
  /** Starts a run of the window, optionally on a given task queue. */
  start(taskQueue?: string): Promise<string>;
  change(setting: string): Promise<unknown>;
  addRows(count: number): Promise<void>;
  problems(): Promise<Problems>;
}

/** Waits until a step is reached. Throws if the run ends without it. */
export async function reached(window: TroubledWindow, armed: Armed, runId: string): Promise<void> {
  const end = ended(window.project, runId).then(async (run) => {
    // Cleaning comes after the commit.
    if (run.state === "Completed") await cleaned(run);
    if (!armed.hit.isOpen) throw new Error(`The run is ${run.state} and never took the step. ${run.error?.message}`);
  });
  // May fail long after the step was reached, when nobody awaits it here.
  end.catch(() => {});
  await Promise.race([armed.hit.opened, end]);
}

/** Does what a sweep does when Temporal has lost a run, without its minute of grace. */
async function sweepAway(runId: string): Promise<void> {
  await getTemporal().workflow.getHandle(runWorkflowId(runId)).terminate("made by a test");
  const [before] = await getDb().select().from(runs).where(eq(runs.id, runId));
  // A run held while cleaning already has its receipt.
  if (before?.state === "Completed") return;
  await getDb()
    .update(runs)
    .set({ createdAt: new Date(Date.now() - 120_000) })
    .where(eq(runs.id, runId));
  await until("the run was swept", async () => {
    await sweepLost(deps());
    const [run] = await getDb().select().from(runs).where(eq(runs.id, runId));
    // If its manifest was sent, it is committed.
    return run?.state === "Failed" || run?.state === "Completed";
  });
}

/** Has another run commit the window, with more rows. Returns its id. */
export async function oneMore(window: TroubledWindow, lastRun: string, isHeld = false): Promise<string> {
  await window.addRows(2);
  return recover(window, await askAgain(window, lastRun), isHeld);
}

/** Lets a held request arrive after another run has committed the window. */
export async function arriveLate(window: TroubledWindow, armed: Armed, lastRun: string): Promise<void> {
  const next = await oneMore(window, lastRun, true);
  armed.release("forward");
  await armed.done.opened;
  await recover(window, next);
}

/**
 * Runs a cell whose worker survives: trouble with a request or a setting, or a run swept while its request is in
 * flight.
 */
export async function runQuick(window: TroubledWindow, cell: Cell): Promise<Problems> {
  const { trouble } = cell;
  if (trouble.kind === "worker") throw new Error("This cell needs a worker of its own.");
  if (trouble.kind === "ended") return runSwept(window, cell);
  const fault: Fault =
    trouble.kind === "request" ? trouble.fault : { do: "run", before: () => window.change(trouble.setting) };
  const armed = window.arm(cell, fault);
  const id = await window.start();
  await reached(window, armed, id);
  await armed.done.opened;
  const last = await recover(window, id);
  const problems = await window.problems();
  if (trouble.kind === "request" || problems.length > 0) return problems;
  // The next run must work with the changed setting too.
  await recover(window, await askAgain(window, last));
  return window.problems();
}

async function runSwept(window: TroubledWindow, cell: Cell): Promise<Problems> {
  const armed = window.arm(cell, { do: "hold" });
  const id = await window.start();
  await reached(window, armed, id);
  await sweepAway(id);
  await arriveLate(window, armed, id);
  return window.problems();
}
