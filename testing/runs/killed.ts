import { expect } from "vitest";
import type { Child } from "@/server/process/child";
import { spawnWorker } from "@/testing/stack/spawn-worker";
import { runWhen } from "./exports";
import type { TestProject } from "./project";

interface UnderWay {
  project: TestProject;
  runId: string;
  taskQueue: string;
  worker: Child;
}

/**
 * Kills a run's worker with SIGKILL and has another complete the run, which is returned; `between` runs without either.
 */
export async function replaceKilled({ project, runId, taskQueue, worker }: UnderWay, between: () => Promise<void>) {
  await worker.stop("SIGKILL");
  await expect(worker.exited).resolves.toMatchObject({ signal: "SIGKILL" });
  await between();
  const other = await spawnWorker({ TEMPORAL_TASK_QUEUE: taskQueue });
  try {
    return await runWhen(project, runId, ({ state }) => state === "Completed", 100);
  } finally {
    await other.stop();
  }
}
