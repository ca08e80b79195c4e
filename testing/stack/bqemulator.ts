import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { BigqueryClient } from "@/lib/destinations/bigquery/client";
import { bigqueryConfigSchema } from "@/lib/destinations/bigquery/schema";
import { freePorts } from "@/local/parts/ports";
import { untilReady } from "@/local/parts/until";
import { startChild } from "@/server/process/child";
import { makeServiceAccountKey } from "./keys";
import { pythonPrograms } from "./python";

export interface BqEmulator {
  /** A connection to an empty dataset in it, as the API takes it. */
  connection: {
    serviceAccountKey: string;
    projectId: string;
    dataset: string;
    location: string;
    apiEndpoint: string;
  };
  stop(): Promise<void>;
}

/** Starts a stand-in for BigQuery with an empty dataset, in memory; the connection's account is the only one there. */
export async function startBqEmulator(log: string): Promise<BqEmulator> {
  const { file, publicKey } = makeServiceAccountKey();
  const { apiEndpoint, stop } = await serve(log, publicKey);
  const connection = {
    serviceAccountKey: file,
    projectId: "penstock-test",
    dataset: `warehouse_${randomBytes(4).toString("hex")}`,
    location: "US",
    apiEndpoint,
  };
  try {
    await makeDataset(connection);
  } catch (error) {
    await stop();
    throw error;
  }
  return { connection, stop };
}

async function serve(log: string, publicKey: string) {
  const bin = await pythonPrograms("testing/stack/requirements-bqemulator.txt");
  const { web: port } = await freePorts();
  const keyFile = `${log}.key`;
  writeFileSync(keyFile, publicKey);
  const child = await startChild({
    name: "bqemulator",
    command: join(bin, "python"),
    args: [resolve("testing", "stack", "bqemulator_server.py"), String(port), keyFile],
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    log,
  });
  const apiEndpoint = `http://127.0.0.1:${port}`;
  await untilReady(child, 120, async () => {
    const { ok } = await fetch(`${apiEndpoint}/healthz`);
    if (!ok) throw new Error("bqemulator does not answer yet");
  });
  return { apiEndpoint, stop: () => child.stop() };
}

/** An administrator makes it; Penstock only ever looks whether it is there. */
async function makeDataset(connection: BqEmulator["connection"]): Promise<void> {
  const config = bigqueryConfigSchema.parse(connection);
  const { projectId, dataset: datasetId, location } = config;
  const { serviceAccountKey } = connection;
  const client = new BigqueryClient({ config, secret: { serviceAccountKey }, externalId: "" });
  const body = { datasetReference: { projectId, datasetId }, location };
  await client.call({ method: "POST", path: "/datasets", body }).finally(() => client.close());
}
