import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import { createHistoricExport } from "@/lib/services/historic-exports/create";
import { getHistoricExport } from "@/lib/services/historic-exports/get";
import { getReceipt } from "@/lib/services/runs/get-receipt";
import { historicWorkflowId } from "@/lib/temporal/contract";
import { storage } from "@/testing/runs/bucket";
import { fillWindow } from "@/testing/runs/events";
import { connect, makeExport, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { measure } from "@/testing/runs/proof";
import { everyNth } from "@/testing/runs/sample";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";
import { recordPrevious } from "@/testing/runs/versions/earlier";
import { Fleet } from "@/testing/runs/versions/fleet";
import { workflowFaults } from "@/testing/runs/versions/workflow-faults";

/** In a minute, so that no step waits long for its next try. */
const [LARGE, SMALL] = [
  { rows: 400, bytes: 4000 },
  { rows: 10, bytes: 100 },
];
const WINDOWS = 4;
const SECONDS = 240;

const taskQueue = `test-${randomUUID()}`;
process.env.TEMPORAL_TASK_QUEUE = taskQueue;

let project: TestProject;
beforeAll(async () => {
  if (process.env.RECORD_WORKER) await recordPrevious();
  project = await openProject();
  await fillWindow(project.sourceProjectId, pastHour(1), LARGE);
  for (const back of [2, 3, 4]) await fillWindow(project.sourceProjectId, pastHour(back), SMALL);
});
afterAll(() => project.close());

interface Batch {
  exportId: string;
  runId: string;
  historicId: string;
}

/** Starts a run of several files and a historic export of three windows. */
async function startBatch(connectionId: string): Promise<Batch> {
  const destination = { maxFileSizeMb: 1, compression: "none" as const };
  const { id: exportId } = await makeExport(project, { connectionId, destination });
  const runId = await startWindow(project, exportId, pastHour(1));
  const [start, end] = [pastHour(4).start.toISOString(), pastHour(2).end.toISOString()];
  const { id: historicId } = await createHistoricExport(project.actor, { exportId, start, end });
  return { exportId, runId, historicId };
}

/** Starts them and waits until the missing storage holds up every window. */
async function startHeldUp(connectionId: string): Promise<Batch> {
  const batch = await startBatch(connectionId);
  await runWhen(project, batch.runId, ({ error }) => error?.code === "unreachable");
  await until("every window was tried", async () => {
    const tried = await runsOf(batch.exportId);
    return tried.length === WINDOWS && tried.every(({ error }) => error !== null);
  });
  return batch;
}

async function ended({ runId, historicId }: Batch): Promise<void> {
  await runWhen(project, runId, ({ state }) => state === "Completed", SECONDS);
  await until(
    "the historic export had ended",
    async () => (await getHistoricExport(project.actor, { id: historicId })).finishedAt,
    SECONDS,
  );
}

const runsOf = (exportId: string) => getDb().select().from(runs).where(eq(runs.exportId, exportId));

/** Waits until another try of a run has begun. */
async function triedAgain({ runId }: Batch): Promise<void> {
  const { attempt } = await runWhen(project, runId, () => true);
  await runWhen(project, runId, (run) => run.attempt > attempt, 90);
}

const isCommitted = async ({ exportId }: Batch) => (await runsOf(exportId)).every(({ state }) => state === "Completed");

/** The failed workflow tasks of the runs and the historic exports. */
async function faultsOf(batches: Batch[]) {
  const ids = batches.map(async ({ exportId, historicId }) => [
    historicWorkflowId(historicId),
    ...(await runsOf(exportId)).map(({ workflowId }) => workflowId),
  ]);
  return workflowFaults((await Promise.all(ids)).flat());
}

/** Each window has one run, which is committed and whose files are as its receipt says. */
async function expectCommittedOnce({ exportId, historicId }: Batch): Promise<void> {
  const historic = await getHistoricExport(project.actor, { id: historicId });
  expect(historic).toMatchObject({ state: "Completed", windows: 3 });
  const all = await runsOf(exportId);
  expect(all.map(({ state }) => state)).toEqual(Array.from({ length: WINDOWS }, () => "Completed"));
  expect(new Set(all.map(({ intervalStart }) => intervalStart.getTime())).size).toBe(WINDOWS);
  expect(all.map(({ rows }) => rows).sort()).toEqual([10, 10, 10, 400]);
  for (const { id } of all) {
    const receipt = await getReceipt(project.actor, { id });
    const files = receipt.files.map(({ key, rows, bytes, sha256 }) => ({ key, rows, bytes, sha256 }));
    expect(await measure(project.bucket, receipt)).toEqual(files);
  }
}

describe.each(everyNth(["previous", "unpatched"] as const, 2))(
  "a worker of the version %s and one of today",
  (version) => {
    it(
      "take over each other's runs, which commit each window once",
      async () => {
        const proxy = await TcpProxy.open(storage().endpoint);
        proxy.cut();
        const { id: connectionId } = await connect(project, { endpoint: proxy.endpoint });
        const fleet = await Fleet.of(version, taskQueue);
        try {
          await fleet.start("old");
          const ofOld = await startHeldUp(connectionId);
          // An upgrade: a new worker joins, and the old one ends.
          await fleet.start("new");
          await fleet.kill("old");
          await triedAgain(ofOld);
          const ofNew = await startHeldUp(connectionId);
          // It is taken back, and the old worker has to end what it can.
          await fleet.start("old");
          await fleet.kill("new");
          await triedAgain(ofNew);
          const ofOldAgain = await startHeldUp(connectionId);
          await proxy.restore();
          await ended(ofOldAgain);
          await until(
            "the old one ended what the new one began, or failed",
            async () => {
              const hasFailed = (await faultsOf([ofNew])).length > 0;
              return hasFailed || (version === "previous" && isCommitted(ofNew));
            },
            SECONDS,
          );
          // Both at once, until all is done.
          await fleet.start("new");
          const batches = [ofOld, ofNew, ofOldAgain, await startBatch(connectionId)];
          for (const batch of batches) await ended(batch);
          for (const batch of batches) await expectCommittedOnce(batch);
          const faults = await faultsOf(batches);
          // An old worker can't know what a newer one's workflow has done. Its task fails, and another worker takes it.
          expect(faults.filter(({ pid }) => !fleet.pids("old").includes(pid))).toEqual([]);
          if (version === "unpatched")
            expect(faults.map(({ workflowId }) => workflowId)).toContain(historicWorkflowId(ofNew.historicId));
        } finally {
          await fleet.stop();
          proxy.cut();
        }
      },
      (SECONDS + 120) * 1000,
    );
  },
);
