import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { startChild } from "../parts/child";
import { freePorts } from "../parts/ports";
import { untilReady } from "../parts/until";
import { pythonPrograms } from "./python";

export interface BqEmulator {
  endpoint: string;
  stop(): Promise<void>;
}

/** Starts a stand-in for BigQuery with nothing in it, in memory, for the account that has this public key (PEM). */
export async function startBqEmulator(log: string, publicKey: string): Promise<BqEmulator> {
  const bin = await pythonPrograms("requirements-bqemulator.txt");
  const { web: port } = await freePorts();
  const keyFile = `${log}.key`;
  writeFileSync(keyFile, publicKey);
  const child = await startChild({
    name: "bqemulator",
    command: join(bin, "python"),
    args: [resolve("local", "checks", "bqemulator_server.py"), String(port), keyFile],
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    log,
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await untilReady(child, 120, async () => {
    const { ok } = await fetch(`${endpoint}/healthz`);
    if (!ok) throw new Error("bqemulator does not answer yet");
  });
  return { endpoint, stop: () => child.stop() };
}
