import { randomUUID } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { exports, historicExports, runs } from "@/lib/db/schema";
import { createHistoricExport } from "@/lib/services/historic-exports/create";
import { readInstallation } from "@/lib/services/installation";
import { getTemporal } from "@/lib/temporal/client";
import { DUTIES, reconcileId } from "@/lib/temporal/contract";
import { describeSchedule } from "@/lib/temporal/schedules";
import type { Child } from "@/server/process/child";
import { takeOwnDatabase } from "@/testing/database/own-database";
import { storage } from "@/testing/runs/bucket";
import { connect, makeExport, pastHour, runWhen, type S3Export } from "@/testing/runs/exports";
import { OwnTemporal } from "@/testing/runs/own-temporal";
import { openProject, type TestProject } from "@/testing/runs/project";
import { say } from "@/testing/runs/say";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";
import { windowSteps } from "@/testing/runs/window-steps";
import { spawnWorker } from "@/testing/stack/spawn-worker";

/** Seconds in which a worker notices that Temporal has lost everything, and more than enough to go on. */
const LONG = 150;

let project: TestProject;
let temporal: OwnTemporal;
let worker: Child;
let proxy: TcpProxy;
let exported: S3Export;
let dropDatabase: () => Promise<void>;
const { fill } = windowSteps(() => project);

beforeAll(async () => {
  temporal = await OwnTemporal.start();
  process.env.TEMPORAL_ADDRESS = temporal.address;
  process.env.TEMPORAL_TASK_QUEUE = `test-${randomUUID()}`;
  dropDatabase = await takeOwnDatabase();
  project = await openProject();
  proxy = await TcpProxy.open(storage().endpoint);
  const connection = await connect(project, { endpoint: proxy.endpoint });
  for (const back of [6, 5, 4, 3, 2, 1]) await fill(pastHour(back), 3);
  exported = await makeExport(project, { connectionId: connection.id, paused: false });
  const env = { TEMPORAL_ADDRESS: temporal.address, TEMPORAL_TASK_QUEUE: process.env.TEMPORAL_TASK_QUEUE };
  worker = await spawnWorker({ ...env, DATABASE_URL: process.env.DATABASE_URL ?? "" });
}, 240_000);

afterAll(async () => {
  await worker.stop();
  proxy.cut();
  await project.close();
  await dropDatabase();
  await temporal.stop();
});

const runsOf = () => getDb().select().from(runs).where(eq(runs.exportId, exported.id)).orderBy(asc(runs.intervalStart));

describe("a Temporal that has lost everything", () => {
  it("gets runs and schedules from the database again, without a restart, and no window is missing", async () => {
    let ended = false;
    void worker.exited.then(() => {
      ended = true;
    });
    await until("the worker had its schedules", () => describeSchedule(getTemporal(), reconcileId("due")), LONG);
    // Three windows hang at the bucket: two of a historic export, and one that is due.
    proxy.holdAfter(0);
    const [first, due] = [pastHour(6), pastHour(4)];
    const historic = await createHistoricExport(project.actor, {
      exportId: exported.id,
      start: first.start.toISOString(),
      end: pastHour(5).end.toISOString(),
    });
    await getDb().update(exports).set({ dueFrom: due.start }).where(eq(exports.id, exported.id));
    await until(
      "runs were under way",
      async () => (await runsOf()).filter(({ state }) => state === "Running").length >= 3,
      LONG,
    );
    say("Two windows of a historic export and one that was due are under way.");
    await temporal.lose();
    say("Killed Temporal and removed its data.");
    // A window more is due while it is gone.
    proxy.release();
    await temporal.startAgain();
    say("Started an empty Temporal at the same address.");
    await until("the schedule is back", () => describeSchedule(getTemporal(), exported.id).catch(() => null), LONG);
    for (const duty of DUTIES)
      await until(`${duty} is back`, () => describeSchedule(getTemporal(), reconcileId(duty)), LONG);
    say("Every schedule is back.");
    const windows = [6, 5, 4, 3, 2, 1, 0].map((back) => pastHour(back).start.getTime());
    await until(
      "every window was committed",
      async () => {
        const done = (await runsOf()).filter(({ state }) => state === "Completed");
        return windows.every((start) => done.some(({ intervalStart }) => intervalStart.getTime() === start));
      },
      LONG,
    );
    const all = await runsOf();
    say(`Every window is committed: ${all.length} windows, one run each, none failed. The worker was not restarted.`);
    expect(all.filter(({ state }) => state === "Failed" || state === "Cancelled")).toEqual([]);
    expect(new Set(all.map(({ intervalStart }) => intervalStart.getTime())).size, "one run each").toBe(all.length);
    await runWhen(project, all[0]!.id, ({ state }) => state === "Completed");
    const [ending] = await until("the historic export ended", () =>
      getDb()
        .select()
        .from(historicExports)
        .where(and(eq(historicExports.id, historic.id), eq(historicExports.state, "Completed")))
        .then((found) => found.length > 0 && found),
    );
    expect(ending).toMatchObject({ windows: 2 });
    expect(ended, "the worker went on").toBe(false);
    expect((await readInstallation()).hold).toBeNull();
  }, 400_000);
});
