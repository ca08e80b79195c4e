import { setTimeout as pause } from "node:timers/promises";
import type { RunRow } from "@/lib/db/rows";
import { ExportError } from "@/lib/errors";
import type { Source } from "@/lib/source/client";
import { sourceNow } from "@/lib/source/clock";
import { replicaProblem, replicas } from "@/lib/source/replicas";
import { SECOND } from "@/lib/units";

/** How long, in ms, a plan itself waits. */
const PATIENCE = 20_000;

type Ending = Pick<RunRow, "intervalEnd">;

const remaining = ({ intervalEnd }: Ending, settleSeconds: number, now: Date) =>
  Math.max(0, intervalEnd.getTime() + settleSeconds * SECOND - now.getTime());

/** Time in ms until a run's window has settled by the database's clock; 0 if it has. */
export const untilSettled = (run: Ending, settleSeconds: number, dbNow: Date): number =>
  remaining(run, settleSeconds, dbNow);

/**
 * Keeps a run from planning until its window has settled by the source's own clock, which sets rows' ingestion times,
 * and from planning on a replica that may lack rows of it. Waits if the time is near; otherwise throws a retryable
 * `ExportError`.
 */
export async function requireSettled(
  source: Source,
  run: Ending,
  settleSeconds: number,
  signal: AbortSignal,
): Promise<void> {
  const wait = remaining(run, settleSeconds, await sourceNow(source, signal));
  if (wait > PATIENCE) {
    const message = `The window settles in ${Math.ceil(wait / SECOND)} s by ClickHouse's clock, and the run waits for it.`;
    const fix = "Synchronize the clocks of all machines, including ClickHouse's, for example with NTP.";
    throw new ExportError({ code: "not_settled", message, fix, retryable: true });
  }
  if (wait > 0) await pause(wait, undefined, { signal });
  const problem = replicaProblem((await replicas(source, signal)) ?? [], settleSeconds);
  if (problem === null) return;
  throw new ExportError({
    code: "source_stale",
    message: `The ClickHouse server might be missing rows in this window: ${problem}.`,
    fix: "Find out what delays replication, or set a longer settle time for the source.",
    retryable: true,
  });
}
