import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { WorkerOptions } from "@temporalio/worker";
import type { Env } from "@/lib/env";
import type { Dependencies } from "@/lib/services/dependencies";
import { dataConverter } from "@/lib/temporal/connection";
import { checksQueue, filesQueue } from "@/lib/temporal/contract";
import { createActivities } from "./activities";
import { logSteps } from "./log-steps";

/** The workflows: bundled next to this file in a build, from source in development. */
function workflows(): Pick<WorkerOptions, "workflowBundle" | "workflowsPath"> {
  const codePath = fileURLToPath(new URL("workflows.js", import.meta.url));
  if (existsSync(codePath)) return { workflowBundle: { codePath } };
  return { workflowsPath: fileURLToPath(new URL("workflows/index.ts", import.meta.url)) };
}

const common = (env: Env, deps: Dependencies) => ({
  namespace: env.TEMPORAL_NAMESPACE,
  activities: createActivities(deps),
  dataConverter: dataConverter(env),
  interceptors: { activity: [logSteps] },
  shutdownGraceTime: "2 seconds" as const,
  // Heartbeats are 4 s apart; the worker must not throttle them until the timeout is near.
  maxHeartbeatThrottleInterval: "5 seconds" as const,
  defaultHeartbeatThrottleInterval: "5 seconds" as const,
});

/** For workflows and their short steps. */
export const mainOptions = (env: Env, deps: Dependencies): WorkerOptions => ({
  ...common(env, deps),
  ...workflows(),
  taskQueue: env.TEMPORAL_TASK_QUEUE,
  maxConcurrentActivityTaskExecutions: 20,
  maxCachedWorkflows: 100,
});

/** For files: few at once, each through constant buffers, so the worker's memory is bounded. */
export const filesOptions = (env: Env, deps: Dependencies): WorkerOptions => ({
  ...common(env, deps),
  taskQueue: filesQueue(env.TEMPORAL_TASK_QUEUE),
  maxConcurrentActivityTaskExecutions: 4,
});

/** For checks that people ask for: those that read files back must hold up no export. */
export const checksOptions = (env: Env, deps: Dependencies): WorkerOptions => ({
  ...common(env, deps),
  taskQueue: checksQueue(env.TEMPORAL_TASK_QUEUE),
  maxConcurrentActivityTaskExecutions: 2,
});
