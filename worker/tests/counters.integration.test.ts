import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { deleteExport } from "@/lib/services/exports/delete";
import { cancelRun } from "@/lib/services/runs/cancel";
import { retryRun } from "@/lib/services/runs/retry";
import { totalsFromCounters, totalsFromLedger } from "@/testing/api/counters-from-ledger";
import { makeRun } from "@/testing/api/make";
import { fillWindow } from "@/testing/runs/events";
import { completeWindow, connect, makeExport, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { until } from "@/testing/runs/until";

const ROWS = 10;

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
  await fillWindow(project.sourceProjectId, pastHour(1), { rows: ROWS, bytes: 100 });
});
afterAll(() => project.close());

const tenant = () => ({
  organizationId: project.actor.organizationId,
  projectId: project.id,
  sourceProjectId: project.sourceProjectId,
  key: "",
});

/** The ledger's totals minus the counters: runs that other tests removed stay counted. */
async function difference(): Promise<Record<string, number>> {
  const [ledger, counters] = [await totalsFromLedger(), await totalsFromCounters()];
  const names = [...new Set([...Object.keys(ledger), ...Object.keys(counters)])].toSorted();
  return Object.fromEntries(
    names.map((name) => [name, Math.round(((ledger[name] ?? 0) - (counters[name] ?? 0)) * 1000)] as const),
  );
}

const nonZero = (numbers: Record<string, number>) =>
  Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== 0));

it("runs that complete, fail, are cancelled and retried, also of a deleted export, are counted as the ledger has them", async () => {
  const before = nonZero(await difference());
  const counted = await totalsFromCounters();
  const exported = await makeExport(project);
  const completed = await completeWindow(project, exported.id, pastHour(1));
  const retried = await retryRun(project.actor, { id: completed.id });
  await runWhen(project, retried.id, ({ state }) => state === "Completed");
  const { id: connectionId } = await connect(project, { secretAccessKey: "not-the-secret" });
  const failing = await makeExport(project, { connectionId });
  const failed = await startWindow(project, failing.id, pastHour(1));
  await runWhen(project, failed, ({ state }) => state === "Failed");
  const [intervalStart, intervalEnd] = [pastHour(2).start, pastHour(2).end];
  const waiting = await makeRun(tenant(), exported.id, { intervalStart, intervalEnd });
  expect(await cancelRun(project.actor, { id: waiting })).toMatchObject({ state: "Cancelled" });
  await deleteExport(project.actor, { id: exported.id });
  const grown = async (name: string) => ((await totalsFromCounters())[name] ?? 0) - (counted[name] ?? 0);
  await until("all had ended", async () => (await grown("Completed runs")) >= 2 && (await grown("Failed runs")) >= 1);
  expect(await grown("Completed rows")).toBeGreaterThanOrEqual(2 * ROWS);
  await until("both ways came to the same", async () => isDeepStrictEqual(nonZero(await difference()), before));
});
