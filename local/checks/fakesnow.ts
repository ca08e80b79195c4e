import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { startChild } from "../parts/child";
import { freePorts } from "../parts/ports";
import { untilReady } from "../parts/until";
import { pythonPrograms } from "./python";

export interface Fakesnow {
  endpoint: string;
  stop(): Promise<void>;
}

/**
 * Starts a stand-in for Snowflake, with everything in memory. It makes databases that are asked for, and lets in whoever has
 * any password, or the private half of this public key (PEM).
 */
export async function startFakesnow(log: string, publicKey: string): Promise<Fakesnow> {
  const bin = await pythonPrograms();
  const { s3: port } = await freePorts();
  const keyFile = `${log}.key`;
  writeFileSync(keyFile, publicKey);
  const endpoint = `http://127.0.0.1:${port}`;
  const child = await startChild({
    name: "fakesnow",
    command: join(bin, "python"),
    args: [resolve("local", "checks", "fakesnow_server.py"), String(port), keyFile],
    env: { PATH: process.env.PATH },
    log,
  });
  // It has no page that says so: any answer at all will do.
  await untilReady(child, 60, async () => {
    await fetch(`${endpoint}/session`, { method: "POST" });
  });
  return { endpoint, stop: () => child.stop() };
}
