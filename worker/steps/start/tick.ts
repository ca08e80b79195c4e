import { setTimeout as pause } from "node:timers/promises";
import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { RunRow } from "@/lib/db/rows";
import { runs } from "@/lib/db/schema";
import type { Dependencies } from "@/lib/services/dependencies";
import { startWorkflows } from "@/lib/services/ledger";
import { timelineOf } from "@/lib/services/schedules";
import type { Startable } from "@/lib/temporal/start";
import { nextRunAt } from "@/lib/windows";
import { readDueFacts } from "./due-facts";
import { holdActive } from "./hold-active";
import { insertDue } from "./insert-due";

/** Windows that one firing starts; later firings and reconciliation take the rest. */
const MOST = 10;
/** How far, in ms, Temporal's clock may run ahead of the database's for a firing to wait for the window's end. */
const EARLY = 5_000;

const NOTE = "Started by a later firing of the schedule, which didn't fire for this window.";

interface Ticked {
  mine: RunRow | undefined;
  others: Startable[];
  /** Time in ms until the next window ends, if soon; otherwise 0. */
  wait: number;
}

/**
 * Handles a firing of an export's schedule: starts what is due, whatever time Temporal fired for. Returns the oldest
 * run, which belongs to the calling workflow; undefined if nothing is due. Idempotent per workflow.
 */
export async function tick(deps: Dependencies, exportId: string, workflowId: string): Promise<RunRow | undefined> {
  const once = () => deps.db.transaction((tx) => tickOnce(tx, exportId, workflowId));
  let ticked = await once();
  if (ticked.wait > 0) {
    await pause(ticked.wait);
    ticked = await once();
  }
  await startWorkflows(deps.temporal, ticked.others);
  return ticked.mine;
}

async function tickOnce(tx: Tx, exportId: string, workflowId: string): Promise<Ticked> {
  const spec = await holdActive(tx, exportId);
  const none = { others: [], wait: 0 };
  if (!spec) return { mine: (await tx.select().from(runs).where(eq(runs.workflowId, workflowId)))[0], ...none };
  const facts = await readDueFacts(tx, spec, workflowId);
  const { now, known } = facts;
  if (known !== null) return { mine: (await tx.select().from(runs).where(eq(runs.id, known)))[0], ...none };
  const [mine, ...others] = await insertDue(tx, spec, { facts, now, limit: MOST, workflowId, note: NOTE });
  const next = nextRunAt(timelineOf(spec), spec, now)?.getTime() ?? Number.POSITIVE_INFINITY;
  const wait = next - now.getTime();
  const destinationType = spec.destination.type;
  return {
    mine,
    others: others.map((run) => ({ run, destinationType })),
    wait: !mine && wait <= EARLY ? wait + 1 : 0,
  };
}
