import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { freePorts } from "@/local/parts/ports";
import { untilReady } from "@/local/parts/until";
import { startChild } from "@/server/process/child";
import { makeUserKey } from "./keys";
import { pythonPrograms } from "./python";

export interface Fakesnow {
  /** A connection to an empty database in it, as the API takes it. */
  connection: {
    account: string;
    username: string;
    privateKey: string;
    passphrase: string;
    warehouse: string;
    database: string;
    schema: string;
    accessUrl: string;
  };
  stop(): Promise<void>;
}

/**
 * Starts a stand-in for Snowflake, with everything in memory. It makes databases that are asked for, and lets in whoever has
 * any password, or the connection's key.
 */
export async function startFakesnow(log: string): Promise<Fakesnow> {
  const { publicKey, ...secret } = makeUserKey();
  const { accessUrl, stop } = await serve(log, publicKey);
  return {
    connection: {
      account: "penstock-test",
      username: "PENSTOCK",
      ...secret,
      warehouse: "PENSTOCK_WH",
      database: `WAREHOUSE_${randomBytes(4).toString("hex")}`,
      schema: "PUBLIC",
      accessUrl,
    },
    stop,
  };
}

async function serve(log: string, publicKey: string) {
  const bin = await pythonPrograms();
  const { s3: port } = await freePorts();
  const keyFile = `${log}.key`;
  writeFileSync(keyFile, publicKey);
  const accessUrl = `http://127.0.0.1:${port}`;
  const child = await startChild({
    name: "fakesnow",
    command: join(bin, "python"),
    args: [resolve("testing", "stack", "fakesnow_server.py"), String(port), keyFile],
    env: { PATH: process.env.PATH },
    log,
  });
  // It has no page that says so: any answer at all will do.
  await untilReady(child, 60, async () => {
    await fetch(`${accessUrl}/session`, { method: "POST" });
  });
  return { accessUrl, stop: () => child.stop() };
}
