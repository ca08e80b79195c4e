import { randomInt } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";

export type PartName = "web" | "postgres" | "clickhouse" | "temporal" | "s3";
export type Ports = Record<PartName, number>;

const PREFERRED: Ports = { web: 3000, postgres: 5433, clickhouse: 8124, temporal: 7234, s3: 7071 };
const STEPS = 200;
const QUIET: [from: number, below: number] = [20_000, 30_000];

/**
 * Unused ports, picked at random below the ephemeral ranges of Linux, macOS, and Windows: an outgoing connection could
 * take one of those before its part listens.
 */
export async function freePorts(): Promise<Ports> {
  const ports: Partial<Ports> = {};
  for (const name of Object.keys(PREFERRED) as PartName[]) {
    ports[name] = await nextFree(() => randomInt(...QUIET), Object.values(ports));
  }
  return ports as Ports;
}

/**
 * The ports of the last start if free, otherwise the usual ones, otherwise the next free ones above; saved in `file`. A
 * `wanted` port, which the user requested, goes first and is refused if taken.
 */
export async function preferredPorts(file: string, wanted: Partial<Ports> = {}): Promise<Ports> {
  const last = remembered(file);
  const ports: Partial<Ports> = {};
  for (const name of Object.keys(PREFERRED) as PartName[]) {
    const taken = Object.values(ports);
    const asked = wanted[name];
    if (asked !== undefined) {
      if (!(await isFree(asked)))
        throw new Error(`Port ${asked}, requested for ${name}, is in use. Free it or choose another.`);
      ports[name] = asked;
      continue;
    }
    const first = last[name] ?? PREFERRED[name];
    ports[name] = await nextFree((step) => (step === 0 ? first : PREFERRED[name] + step - 1), taken);
  }
  writeFileSync(file, `${JSON.stringify(ports)}\n`);
  return ports as Ports;
}

/** Whether this port is free both on loopback and on all addresses. 0 always is. */
export async function isFree(port: number): Promise<boolean> {
  return (await bind(port, "127.0.0.1")) !== undefined && (port === 0 || (await bind(port)) !== undefined);
}

async function nextFree(candidate: (step: number) => number, taken: number[]): Promise<number> {
  for (let step = 0; step < STEPS; step++) {
    const port = candidate(step);
    if (port !== 0 && (taken.includes(port) || !(await isFree(port)))) continue;
    const bound = await bind(port, "127.0.0.1");
    if (bound !== undefined && !taken.includes(bound)) return bound;
  }
  throw new Error(
    `No free port found from ${candidate(1)} upwards. Stop the programs that use these ports and start again.`,
  );
}

function bind(port: number, host?: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : undefined));
    });
  });
}

function remembered(file: string): Partial<Ports> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Partial<Ports>;
  } catch {
    return {};
  }
}
