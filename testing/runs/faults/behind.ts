import { randomUUID } from "node:crypto";
import { getEnv } from "@/lib/env";
import type { Child } from "@/server/process/child";
import { spawnWorker } from "@/testing/stack/spawn-worker";
import { AnswerCut } from "./answer-cut";
import { ledgerStatement } from "./pg-messages";
import { PgProxy } from "./pg-proxy";

/** A test's own worker, with a proxy before each of its services. */
export interface Behind {
  taskQueue: string;
  /** Environment for workers that have to use the same proxies. */
  env: Record<string, string>;
  ledger: PgProxy;
  source: AnswerCut;
  temporal: AnswerCut;
  /** How workers died that nobody stopped. Each is replaced. */
  deaths: string[];
  /** Breaks every connection to a service, as a restart does. */
  break(service: string): Promise<void>;
  close(): Promise<void>;
}

/** Steps that change the ledger, and what ends them. */
const stepOf = (sql: string) => {
  const name = ledgerStatement(sql);
  return /^(?:BEGIN|COMMIT|(?:INSERT|UPDATE|DELETE) \w+$)/.test(name) ? name : "";
};

const through = (address: string, port: number) => {
  const url = new URL(address);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return url.href;
};

export async function openBehind(): Promise<Behind> {
  const { DATABASE_URL, CLICKHOUSE_URL, TEMPORAL_ADDRESS } = getEnv();
  const ledger = await PgProxy.open(new URL(DATABASE_URL), stepOf);
  const source = await AnswerCut.open(new URL(CLICKHOUSE_URL));
  const temporal = await AnswerCut.open(new URL(`http://${TEMPORAL_ADDRESS}`));
  const taskQueue = `test-${randomUUID()}`;
  const env = {
    DATABASE_URL: through(DATABASE_URL, ledger.port),
    CLICKHOUSE_URL: through(CLICKHOUSE_URL, source.port),
    TEMPORAL_ADDRESS: `127.0.0.1:${temporal.port}`,
  };
  const workers = new Workers({ ...env, TEMPORAL_TASK_QUEUE: taskQueue });
  await workers.start();
  const services: Record<string, { cut(): void }> = { ledger, source, temporal };
  return {
    taskQueue,
    env,
    ledger,
    source,
    temporal,
    deaths: workers.deaths,
    break: async (service) => {
      const proxy = services[service];
      if (!proxy) throw new Error(`There is no service ${service} to break.`);
      proxy.cut();
    },
    close: async () => {
      await workers.stop();
      await ledger.close();
      source.close();
      temporal.close();
    },
  };
}

/** Keeps one worker running, as a supervisor does in production. */
class Workers {
  readonly deaths: string[] = [];
  #current: Child | null = null;
  #isStopped = false;

  constructor(private readonly env: Record<string, string>) {}

  async start(): Promise<void> {
    const worker = await spawnWorker(this.env);
    this.#current = worker;
    void worker.exited.then(async (exit) => {
      if (this.#isStopped) return;
      this.deaths.push(worker.describe(exit));
      await this.start();
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#current?.stop();
  }
}
