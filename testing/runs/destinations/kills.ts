import { randomUUID } from "node:crypto";
import { beforeAll, expect } from "vitest";
import { getEnv } from "@/lib/env";
import type { Window } from "@/lib/windows";
import { spawnWorker } from "@/testing/stack/spawn-worker";
import { eventRow } from "../events";
import { startWindow } from "../exports";
import { replaceKilled } from "../killed";
import type { TestProject } from "../project";
import { TcpProxy } from "../tcp-proxy";
import { until } from "../until";
import { leftoversOf, nameOf } from "./steps";
import { at, hour, type Suite, specify } from "./suite";

interface Kill {
  /** The ledger statement at which the worker dies; it never arrives. */
  telling: RegExp;
  /** Whether readers already see the run's rows, and the hour of the case. */
  committed: boolean;
  n: number;
}

/** Every phase ends with a ledger statement: everything the phase did before it is repeated, which must not show. */
const KILLS: [title: string, kill: Kill][] = [
  ["in the plan", { telling: /insert into "run_files"/, committed: false, n: 25 }],
  ["in a file", { telling: /update "run_files" set .*"sha256" = /s, committed: false, n: 26 }],
  ["in the commit", { telling: /update "runs" set "state" = .*"manifest" = /s, committed: true, n: 27 }],
];

/** Starts a run whose worker is killed as it sends the ledger a statement; another worker completes it. */
async function killed(
  project: TestProject,
  { exportId, window, telling }: { exportId: string; window: Window; telling: RegExp },
  meanwhile: (runId: string) => Promise<void>,
): Promise<string> {
  const url = new URL(getEnv().DATABASE_URL);
  const proxy = await TcpProxy.open(url.href);
  proxy.stopAt(telling);
  url.host = new URL(proxy.endpoint).host;
  const taskQueue = `test-${randomUUID()}`;
  const worker = await spawnWorker({ TEMPORAL_TASK_QUEUE: taskQueue, DATABASE_URL: url.href });
  const id = await startWindow(project, exportId, window, taskQueue);
  await until("the worker told the ledger", async () => proxy.hasStopped);
  await replaceKilled({ project, runId: id, taskQueue, worker }, async () => {
    proxy.cut();
    await meanwhile(id);
  });
  return id;
}

/**
 * The part of the contract about workers that are really killed, in each phase of a run. All are killed at the start:
 * Temporal takes 20 s to notice, while the earlier cases run.
 */
export function killsContract(suite: Suite): void {
  const skipped = ({ committed }: Kill) => (committed ? null : suite.later);
  const outcomes = new Map<Kill, Promise<void>>();
  beforeAll(() => {
    for (const [, kill] of KILLS) {
      if (skipped(kill) !== null) continue;
      const outcome = livesThrough(suite, kill);
      // Awaited by its own case, much later.
      outcome.catch(() => {});
      outcomes.set(kill, outcome);
    }
  });

  for (const [when, kill] of KILLS)
    specify(`lives through a kill -9 of its worker ${when}`, skipped(kill), async () => outcomes.get(kill));
}

async function livesThrough(suite: Suite, { telling, committed, n }: Kill): Promise<void> {
  const { harness, project, insert, make, run, uuids, runIds } = suite;
  const rows = [eventRow(at(n, 1)), eventRow(at(n, 2))];
  await insert(rows.slice(0, 1));
  const exported = await make();
  const table = nameOf(exported);
  const before = await run(exported, hour(n));
  // Some destinations don't rewrite an unchanged window.
  await insert(rows.slice(1));
  const id = await killed(project(), { exportId: exported.id, window: hour(n), telling }, async (runId) => {
    expect(await runIds(table)).toEqual(new Set([committed ? runId : before.id]));
  });
  expect(await runIds(table)).toEqual(new Set([id]));
  expect(await uuids(table)).toEqual(rows.map(({ uuid }) => uuid).toSorted());
  await until("nothing was left", async () => (await leftoversOf(harness, id, exported)).length === 0);
}
