import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { and, eq, sql } from "drizzle-orm";
import type { InstallationRow } from "@/lib/db/rows";
import { installation } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import type { Dependencies } from "@/lib/services/dependencies";
import { checkInstallation, hold } from "@/lib/services/installation";
import { getLogger, loggable } from "@/lib/services/logger";
import { SECOND } from "@/lib/units";
import { ensureReconcile } from "./reconcile-schedule";
import { receiptAhead } from "./steps/recover/ahead";
import { carryOut } from "./steps/recover/carry-out";
import { reviveLost } from "./steps/recover/revive";

/** How often a waiting worker looks for a decision, and a working one compares database and Temporal, in ms. */
const WAITING = 2 * SECOND;
const WORKING = 15 * SECOND;
/** How long a worker that died keeps others from carrying out a decision, in s by the database's clock. */
const CLAIM = 60;

/** Makes what a Temporal without data lacks. */
const reviving = (deps: Dependencies) => async (): Promise<void> => {
  await reviveLost(deps);
  await ensureReconcile(deps.temporal, getEnv());
};

/**
 * Waits until this installation may take work: it does not while it is held. Carries out decisions, and rebuilds a
 * Temporal that has lost everything. False if the signal came first.
 */
export async function untilMayRun(deps: Dependencies, signal: AbortSignal): Promise<boolean> {
  for (let hasLooked = false; !signal.aborted; ) {
    const { row, mustLook } = await checkInstallation(deps, { hasLooked, revive: reviving(deps) });
    if (mustLook) {
      const facts = await receiptAhead(deps, signal);
      if (facts !== null) await deps.db.transaction((tx) => hold(tx, { reason: "restored", facts }));
      hasLooked = true;
      continue;
    }
    if (!row.hold) return true;
    if (row.decided) await carryOutAlone(deps, row);
    await pause(WAITING, undefined, { signal }).catch(() => {});
  }
  return false;
}

/** Compares database and Temporal while work goes on. Calls `stop` once if the installation is held. */
export function watchInstallation(deps: Dependencies, stop: () => void): () => void {
  let isBusy = false;
  const timer = setInterval(async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      const { row } = await checkInstallation(deps, { hasLooked: true, revive: reviving(deps) });
      if (!row.hold) return;
      clearInterval(timer);
      stop();
    } catch (error) {
      getLogger().warn({ error: loggable(error) }, "Comparing the database with Temporal failed.");
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
  const renewal = setInterval(() => void claim(deps).catch(() => {}), (CLAIM * SECOND) / 4);
  try {
    await carryOut(deps, row, worker);
  } finally {
    clearInterval(renewal);
  }
}

async function claim({ db }: Dependencies): Promise<boolean> {
  const { decided } = installation;
  const now = sql`extract(epoch from clock_timestamp())`;
  const isFree = sql`coalesce((${decided} #>> '{claim,until}')::float8, 0) < ${now} or ${decided} #>> '{claim,by}' = ${worker}`;
  const mine = sql`jsonb_build_object('by', ${worker}::text, 'until', ${now} + ${CLAIM})`;
  const { rowCount } = await db
    .update(installation)
    .set({ decided: sql`jsonb_set(${decided}, '{claim}', ${mine})` })
    .where(and(eq(installation.one, 1), sql`${decided} is not null`, sql`(${isFree})`));
  return rowCount === 1;
}
