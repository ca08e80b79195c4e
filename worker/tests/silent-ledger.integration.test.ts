import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getEnv } from "@/lib/env";
import { freePorts } from "@/local/parts/ports";
import { untilReady } from "@/local/parts/until";
import type { Child } from "@/server/process/child";
import { fillWindow } from "@/testing/runs/events";
import { makeExport, pastHour, startWindow } from "@/testing/runs/exports";
import { ended } from "@/testing/runs/faults/recover";
import { openProject, type TestProject } from "@/testing/runs/project";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";
import { spawnWorker } from "@/testing/stack/spawn-worker";

const taskQueue = `silent-${randomUUID()}`;

let project: TestProject;
let ledger: TcpProxy;
let worker: Child;
let probe = "";

const isReady = async () => (await fetch(`${probe}/ready`)).status === 200;

beforeAll(async () => {
  const { DATABASE_URL } = getEnv();
  [project, ledger] = await Promise.all([openProject(), TcpProxy.open(DATABASE_URL)]);
  const { hostname, port } = new URL(ledger.endpoint);
  const { web: probePort } = await freePorts();
  probe = `http://127.0.0.1:${probePort}`;
  worker = await spawnWorker({
    DATABASE_URL: Object.assign(new URL(DATABASE_URL), { hostname, port }).href,
    DATABASE_TIMEOUT_SECONDS: "5",
    TEMPORAL_TASK_QUEUE: taskQueue,
    WORKER_PROBE_PORT: String(probePort),
  });
  await untilReady(worker, 60, async () => {
    if (!(await isReady())) throw new Error("It isn't ready.");
  });
});
afterAll(async () => {
  await worker?.stop();
  ledger?.cut();
  await project?.close();
});

it("a worker whose database goes silent in mid-run stays, and completes the run after the failover", async () => {
  const exported = await makeExport(project);
  await fillWindow(project.sourceProjectId, pastHour(1), { rows: 5, bytes: 100 });
  const sent = ledger.sent;
  const id = await startWindow(project, exported.id, pastHour(1), taskQueue);
  await until("the run's first step asks the ledger", async () => ledger.sent > sent);
  // Every connection that sends anything is silent from now on, and stays so.
  ledger.stopAt(/[\s\S]/);
  await until("a connection is silent", async () => ledger.hasStopped);
  await pause(12_000);
  expect(await isReady()).toBe(true);
  ledger.stopAt(/(?!)/);
  expect(await ended(project, id)).toMatchObject({ state: "Completed", rows: 5 });
});
