import { setTimeout as pause } from "node:timers/promises";
import { dbNow } from "@/lib/db/now";
import { getEnv } from "@/lib/env";
import { ExportError } from "@/lib/errors";
import type { RunRow } from "./load";

/** How long a plan waits itself, in ms. */
const PATIENCE = 20_000;

/** How long it takes, in ms, until a run's window has settled by the database's clock; 0 when it has. */
export async function untilSettled({ intervalEnd }: Pick<RunRow, "intervalEnd">): Promise<number> {
  const settled = intervalEnd.getTime() + getEnv().SETTLE_SECONDS * 1000;
  return Math.max(0, settled - (await dbNow()).getTime());
}

/**
 * Keeps a run from planning before its window has settled, should the wait have ended early by another clock. Waits for a
 * moment that is near; throws a retryable `ExportError` else.
 */
export async function requireSettled(run: Pick<RunRow, "intervalEnd">, signal: AbortSignal): Promise<void> {
  const wait = await untilSettled(run);
  if (wait > PATIENCE) {
    const message = `The window settles in ${Math.ceil(wait / 1000)} s by the database's clock; the run waits for it.`;
    const fix = "Set the clocks of the machines by the network, so that they agree with the database's.";
    throw new ExportError({ code: "not_settled", message, fix, retryable: true });
  }
  if (wait > 0) await pause(wait, undefined, { signal });
}
