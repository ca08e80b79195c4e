import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { freePorts } from "@/local/parts/ports";
import { untilReady } from "@/local/parts/until";
import { startChild } from "@/server/process/child";
import { makeUserKey } from "./keys";
import { pythonPrograms } from "./python";

export interface Fakesnow {
  /** A connection to its empty database, as the API takes it. */
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
  /** A programmatic access token of the same user. */
  token: string;
  stop(): Promise<void>;
}

/**
 * Starts an in-memory stand-in for Snowflake. It creates requested databases, and accepts the connection's key or the
 * token, but no password.
 */
export async function startFakesnow(log: string): Promise<Fakesnow> {
  const { publicKey, ...secret } = makeUserKey();
  const token = randomBytes(16).toString("hex");
  const { accessUrl, stop } = await serve(log, publicKey, token);
  return {
    token,
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

async function serve(log: string, publicKey: string, token: string) {
  const bin = await pythonPrograms();
  const { s3: port } = await freePorts();
  const keyFile = `${log}.key`;
  writeFileSync(keyFile, publicKey);
  const accessUrl = `http://127.0.0.1:${port}`;
  const child = await startChild({
    name: "fakesnow",
    command: join(bin, "python"),
    args: [resolve("testing", "stack", "fakesnow_server.py"), String(port), keyFile, token],
    env: { PATH: process.env.PATH },
    log,
  });
  // It has no health check, so any response will do.
  await untilReady(child, 60, async () => {
    await fetch(`${accessUrl}/session`, { method: "POST" });
  });
  return { accessUrl, stop: () => child.stop() };
}
