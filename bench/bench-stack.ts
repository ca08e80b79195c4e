import { resolve } from "node:path";
import type { ClickHouseClient } from "@clickhouse/client";
import type { Actor } from "@/lib/services/access/actor";
import { bundleWorker } from "@/server/build/bundle-worker";
import { distDir } from "@/server/process/app-processes";
import { makeProgress } from "@/server/process/progress";
import { spawnWorker } from "@/testing/stack/spawn-worker";
import { prepare } from "../local/run/prepare";
import { sourceClient } from "../local/run/source-client";
import { type Stack, startStack } from "../local/stack";
import type { Processes } from "./processes";

/** A separate stack and worker for benches, without the web app. */
export interface BenchStack {
  stack: Stack;
  /** Has every permission in the first organization. */
  actor: Actor;
  /** May write to the source. */
  client: ClickHouseClient;
  processes: Processes & { worker: number };
  say(text: string): void;
  stop(): Promise<void>;
}

type Env = Record<string, string>;

/**
 * Starts the stack in `dataDir`, which keeps rows and ledger for the next bench; the data of `npm start` is untouched.
 * `forWorker` may change the worker's environment.
 */
export async function startBenchStack(
  dataDir: string,
  forWorker: (env: Env) => Promise<Env> = async () => ({}),
): Promise<BenchStack> {
  process.env.SETTLE_SECONDS = "0";
  process.env.PENSTOCK_DIST_DIR = `${dataDir}/dist`;
  const progress = makeProgress();
  const stack = await startStack({ dataDir: resolve(dataDir), ports: "free", progress });
  try {
    await prepare({ stack, dataDir: resolve(dataDir), progress, makeTables: true });
    await bundleWorker(distDir());
    const worker = await spawnWorker({ ...stack.env, ...(await forWorker(stack.env)) }, `${stack.logDir}/worker.log`);
    const client = sourceClient(stack.stack.clickhouse);
    const { clickhouse = 0, s3 = 0, postgres = 0, temporal = 0 } = stack.pids;
    return {
      stack,
      client,
      actor: await owner(),
      processes: { ClickHouse: clickhouse, worker: worker.pid, storage: s3, PostgreSQL: postgres, Temporal: temporal },
      say: (text) => progress.say("Bench", text),
      stop: async () => {
        await client.close();
        await worker.stop();
        await stack.stop();
      },
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

async function owner(): Promise<Actor> {
  const { initialize } = await import("@/lib/services/setup/initialize");
  const { ownerOf } = await import("@/testing/api/actor");
  const { organizationId, projectId } = await initialize();
  return ownerOf(organizationId, [projectId]);
}
