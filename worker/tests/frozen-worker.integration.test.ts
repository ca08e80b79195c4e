import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getTemporal } from "@/lib/temporal/client";
import { fillWindow } from "@/testing/runs/events";
import { makeExport, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { until } from "@/testing/runs/until";
import { spawnWorker } from "@/testing/stack/spawn-worker";

const WINDOWS = [1, 2, 3, 4, 5, 6];
/** With Temporal's defaults, it takes 70 s. */
const CLOSED_WITHIN_SECONDS = 40;
const ESTABLISHED = "01";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
  for (const back of WINDOWS) await fillWindow(project.sourceProjectId, pastHour(back), { rows: 10, bytes: 100 });
});
afterAll(() => project.close());

const pollersOf = async (name: string) => {
  const { workflowService } = getTemporal();
  const { pollers } = await workflowService.describeTaskQueue({ namespace: "default", taskQueue: { name } });
  return new Set(pollers?.map(({ identity }) => identity)).size;
};

/** How many open connections to Temporal a process has, as the kernel sees them. */
function connectionsOf(pid: number): number {
  const port = Number(process.env.TEMPORAL_ADDRESS?.split(":")[1]).toString(16).toUpperCase().padStart(4, "0");
  const own = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`)));
  const lines = readFileSync(`/proc/${pid}/net/tcp`, "utf8").split("\n").slice(1);
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , remote, state]) => remote?.endsWith(`:${port}`) && state === ESTABLISHED)
    .filter((fields) => own.has(`socket:[${fields[9]}]`)).length;
}

it("Temporal soon notices that a worker is stopped (SIGSTOP), and gives its tasks to another", async () => {
  const taskQueue = `test-${randomUUID()}`;
  const workers = await Promise.all([1, 2].map(() => spawnWorker({ TEMPORAL_TASK_QUEUE: taskQueue })));
  try {
    await until("both workers polled", async () => (await pollersOf(taskQueue)) === 2);
    const exported = await makeExport(project);
    const { pid } = workers[0]!;
    expect(connectionsOf(pid)).toBeGreaterThan(0);
    process.kill(pid, "SIGSTOP");
    const since = Date.now();
    const ids = await Promise.all(WINDOWS.map((back) => startWindow(project, exported.id, pastHour(back), taskQueue)));
    const closed = async () => connectionsOf(pid) === 0;
    await until("Temporal had closed the connections of the stopped worker", closed, CLOSED_WITHIN_SECONDS);
    for (const id of ids) await runWhen(project, id, ({ state }) => state === "Completed", 100);
    console.log(`The other worker committed ${WINDOWS.length} windows within ${(Date.now() - since) / 1000} s.`);
  } finally {
    await Promise.all(workers.map((worker) => worker.stop("SIGKILL")));
  }
}, 240_000);
