import { chmodSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Progress } from "@/server/process/progress";
import type { ClickHouseAddress } from "./parts/clickhouse";
import { givenParts } from "./parts/given";
import { type Keys, loadKeys } from "./parts/keys";
import { endLeftovers, noteProcess } from "./parts/leftovers";
import type { Part, PartOptions } from "./parts/part";
import { freePorts, type PartName, type Ports, preferredPorts } from "./parts/ports";
import type { S3Address } from "./parts/s3";
import { stackEnv } from "./parts/stack-env";
import type { TemporalAddress } from "./parts/temporal";
import type { Supervised } from "./run/supervise";

export interface StackOptions {
  /** Folder for this stack's data, keys, and logs. */
  dataDir: string;
  /** "preferred": the ports of the last start or the usual ones; "free": any. */
  ports: "preferred" | "free";
  progress: Progress;
}

export interface Addresses {
  postgres: string;
  clickhouse: ClickHouseAddress;
  temporal: TemporalAddress;
  s3: S3Address;
}

export interface Stack {
  /** Environment that points web and worker to every part. */
  env: Record<string, string>;
  /** The same as in stack.json. */
  stack: Addresses;
  ports: Ports;
  keys: Keys;
  logDir: string;
  /** Process ids of the parts started here. */
  pids: Partial<Record<PartName, number>>;
  /** The parts started here, to be started again on the same ports and data when they end. */
  parts: Supervised[];
  /** Notes another process that belongs to this stack, to be ended by the next start if this one is killed. */
  note(name: string, pid: number): void;
  /** Whether the source is the embedded one. */
  embeddedSource: boolean;
  /** Resolves with a sentence when one of the parts ends. */
  ended: Promise<string>;
  /** Ends the parts started here, PostgreSQL last. */
  stop(): Promise<void>;
}

type Name = keyof Addresses;
type Started = { [N in Name]?: Part<Addresses[N]> };

const NAMES: Record<Name, string> = {
  postgres: "PostgreSQL",
  clickhouse: "ClickHouse",
  temporal: "Temporal",
  s3: "S3 server",
};

/**
 * Starts PostgreSQL, ClickHouse, Temporal, and an S3 server, each only if its URL is not set in the environment. Throws
 * one error that says which part failed, why, and what to do, after ending everything that had started.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dataDir = resolve(options.dataDir);
  const logDir = join(dataDir, "logs");
  // Keys, rows, and logs are private on this machine; created files inherit this.
  process.umask(0o077);
  mkdirSync(logDir, { recursive: true });
  // For root, PostgreSQL runs as another user, which must pass through.
  chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
  const keys = loadKeys(dataDir);
  await endLeftovers(dataDir);
  const ports = await choosePorts(options, dataDir);
  const given = givenParts(process.env);
  const started: Started = {};
  const start = async (name: Name) => {
    const part = await starters[name]({ dataDir, logDir, port: ports[name], keys, progress: options.progress });
    Object.assign(started, { [name]: part });
    noteProcess(dataDir, name, part.pid);
  };
  const names = (Object.keys(NAMES) as Name[]).filter((name) => given[name] === undefined);
  await startAll(names, start, started, ports, options.progress);
  const address = <N extends Name>(name: N) => (given[name] ?? started[name]?.address) as Addresses[N];
  const stack: Addresses = {
    postgres: address("postgres"),
    clickhouse: address("clickhouse"),
    temporal: address("temporal"),
    s3: address("s3"),
  };
  return {
    env: stackEnv(stack, ports.web, keys, process.env),
    stack,
    ports,
    keys,
    logDir,
    pids: pidsOf(started),
    parts: names.map((name) => ({
      name: NAMES[name],
      ended: () => started[name]!.ended,
      restart: () => start(name),
    })),
    note: (name, pid) => noteProcess(dataDir, name, pid),
    embeddedSource: given.clickhouse === undefined,
    ended: Promise.race(Object.values(started).map((part) => part.ended)),
    stop: () => stopParts(started),
  };
}

async function choosePorts({ ports }: StackOptions, dataDir: string): Promise<Ports> {
  const web = process.env.PORT ? { web: Number(process.env.PORT) } : {};
  return ports === "free" ? freePorts() : preferredPorts(join(dataDir, "ports.json"), web);
}

async function startAll(
  names: Name[],
  start: (name: Name) => Promise<void>,
  started: Started,
  ports: Ports,
  progress: Progress,
): Promise<void> {
  const failures: string[] = [];
  const attempt = async (name: Name) => {
    progress.say(NAMES[name], "starting");
    try {
      await start(name);
      progress.say(NAMES[name], `ready on 127.0.0.1:${ports[name]}`);
    } catch (error) {
      failures.push(`${NAMES[name]} didn't start. ${(error as Error).message}`);
      progress.say(NAMES[name], "failed");
    }
  };
  await Promise.all(names.map(attempt));
  if (failures.length === 0) return;
  await stopParts(started);
  throw new Error(failures.join("\n"));
}

// Loaded on demand: with every URL set, the local servers' packages need not exist.
const starters = {
  postgres: async (options: PartOptions) => (await import("./parts/postgres")).startPostgres(options),
  clickhouse: async (options: PartOptions) => (await import("./parts/clickhouse")).startClickHouse(options),
  temporal: async (options: PartOptions) => (await import("./parts/temporal")).startTemporal(options),
  s3: async (options: PartOptions) => (await import("./parts/s3")).startS3(options),
};

async function stopParts({ temporal, s3, clickhouse, postgres }: Started): Promise<void> {
  for (const part of [temporal, s3, clickhouse, postgres]) await part?.stop();
}

function pidsOf(started: Started): Partial<Record<PartName, number>> {
  return Object.fromEntries(Object.entries(started).map(([name, part]) => [name, part.pid]));
}
