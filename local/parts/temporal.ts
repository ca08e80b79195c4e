import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Connection } from "@temporalio/client";
import { startChild } from "@/server/process/child";
import type { Part, PartOptions } from "./part";
import { temporalBinary } from "./temporal-binary";
import { untilReady } from "./until";

export interface TemporalAddress {
  address: string;
  namespace: string;
}

/** Starts the Temporal dev server on loopback with its state in a file; with a port for it, also Temporal's own UI. */
export async function startTemporal(
  options: PartOptions,
  { uiPort }: { uiPort?: number } = {},
): Promise<Part<TemporalAddress>> {
  const address = `127.0.0.1:${options.port}`;
  const binary = await temporalBinary(options.progress);
  const state = ["--db-filename", join(options.dataDir, "temporal.db"), ...FEW_SYNCS];
  const child = await startChild({
    name: "Temporal",
    command: binary,
    args: [
      "server",
      "start-dev",
      ...(uiPort === undefined ? ["--headless"] : ["--ui-port", String(uiPort)]),
      "--ip",
      "127.0.0.1",
      "--port",
      String(options.port),
      ...state,
      ...fairness(options.dataDir),
      ...LIVELY,
      ...QUIET,
    ],
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    log: join(options.logDir, "temporal.log"),
  });
  await untilReady(child, 90, () => ask(address));
  return {
    address: { address, namespace: "default" },
    pid: child.pid,
    ended: child.exited.then(child.explain),
    stop: () => child.stop("SIGTERM"),
  };
}

/**
 * A slow disk must not stall it for seconds at every step: steps that it believes started would never reach a worker. A
 * machine crash loses the last moments, which the ledger in PostgreSQL makes up for.
 */
const FEW_SYNCS = ["--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=normal"];
/**
 * The server closes a connection that stays silent for ten seconds, instead of 70: until then, it hands tasks to a
 * stopped worker's open polls, and no other worker gets them.
 */
const LIVELY = ["frontend.keepAliveTime", "frontend.keepAliveTimeout"].flatMap((key) => [
  "--dynamic-config-value",
  `${key}="5s"`,
]);
const QUIET = ["--log-level", "warn"];

async function ask(address: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 2000 });
  try {
    await connection.workflowService.describeNamespace({ namespace: "default" });
  } finally {
    await connection.close();
  }
}

/**
 * Organizations take turns only if the server's matching is configured for it. A server that began without it keeps its
 * tasks in other tables, which it would no longer read, so it continues without.
 */
function fairness(dataDir: string): string[] {
  const mark = join(dataDir, "temporal.fair");
  if (!existsSync(join(dataDir, "temporal.db"))) writeFileSync(mark, "");
  if (!existsSync(mark)) return [];
  return FAIR.flatMap((value) => ["--dynamic-config-value", value]);
}

/** Turns are taken within a queue's partition, so there is one. */
const FAIR = [
  "matching.useNewMatcher=true",
  "matching.enableFairness=true",
  "matching.numTaskqueueReadPartitions=1",
  "matching.numTaskqueueWritePartitions=1",
];
