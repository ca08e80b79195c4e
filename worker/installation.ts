import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { and, eq, sql } from "drizzle-orm";
import type { InstallationRow } from "@/lib/db/rows";
import { installation } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import type { Dependencies } from "@/lib/services/dependencies";
import { checkInstallation, hold } from "@/lib/services/installation";
import { getLogger, loggable } from "@/lib/services/logger";
import { MINUTE, SECOND } from "@/lib/units";
import { ensureReconcile } from "./reconcile-schedule";
import { receiptAhead } from "./steps/recover/ahead";
import { carryOut } from "./steps/recover/carry-out";
import { reviveLost } from "./steps/recover/revive";

/** How often a waiting worker looks for a decision, and a working one compares database and Temporal, in ms. */
const WAITING = 2 * SECOND;
const WORKING = 15 * SECOND;
/** An installation that was down for longer may have been restored together with Temporal. */
const LONG_DOWN = 10 * MINUTE;
/** How long a worker that died keeps others from carrying out a decision, in ms. */
const CLAIM = MINUTE;

/**
 * Waits until this installation may take work: it does not while it is held. Carries out decisions, and rebuilds a
 * Temporal that has lost everything. Ends with the signal.
 */
export async function untilMayRun(deps: Dependencies, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const { row, isTemporalEmpty, age } = await checkInstallation(deps);
    if (row.decided) await carryOutAlone(deps, row);
    else if (!row.hold) {
      const ahead = age > LONG_DOWN ? await receiptAhead(deps) : null;
      if (ahead === null) {
        if (isTemporalEmpty) await reviveLost(deps);
        return;
      }
      await deps.db.transaction((tx) => hold(tx, { reason: "restored", facts: ahead }));
    }
    await pause(WAITING, undefined, { signal });
  }
}

/** Compares database and Temporal while work goes on. Calls `stop` once if the installation is held. */
export function watchInstallation(deps: Dependencies, stop: () => void): () => void {
  let isBusy = false;
  const timer = setInterval(async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      const { row, isTemporalEmpty } = await checkInstallation(deps);
      if (row.hold) {
        clearInterval(timer);
        stop();
      } else if (isTemporalEmpty) {
        await reviveLost(deps);
        await ensureReconcile(deps.temporal, getEnv());
      }
    } catch (error) {
      getLogger().warn({ error: loggable(error) }, "Could not compare the database with Temporal.");
    } finally {
      isBusy = false;
    }
  }, WORKING);
  return () => clearInterval(timer);
}

const worker = randomUUID();

/** Carries out a decision, unless another worker is doing so. */
async function carryOutAlone(deps: Dependencies, row: InstallationRow): Promise<void> {
  if (!(await claim(deps))) return;
  const renewal = setInterval(() => void claim(deps).catch(() => {}), CLAIM / 4);
  try {
    await carryOut(deps, row);
  } finally {
    clearInterval(renewal);
  }
}

async function claim({ db }: Dependencies): Promise<boolean> {
  const { decided } = installation;
  const now = Date.now();
  const isFree = sql`coalesce((${decided} #>> '{claim,until}')::numeric, 0) < ${now} or ${decided} #>> '{claim,by}' = ${worker}`;
  const mine = JSON.stringify({ by: worker, until: now + CLAIM });
  const { rowCount } = await db
    .update(installation)
    .set({ decided: sql`jsonb_set(${decided}, '{claim}', ${mine}::jsonb)` })
    .where(and(eq(installation.one, 1), sql`${decided} is not null`, sql`(${isFree})`));
  return rowCount === 1;
}
