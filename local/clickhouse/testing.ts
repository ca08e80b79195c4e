import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { type ClickHouseFront, startClickHouseFront } from "./spawn";

export type TestServer = {
  /** Against a database of its own, dropped in the end. */
  client: ClickHouseClient;
  /** The same database with other options, e.g. compression. */
  connect: (options?: Parameters<typeof createClient>[0]) => ClickHouseClient;
  /** Missing when the tests run against a real server. */
  front?: ClickHouseFront;
  stop: () => Promise<void>;
};

/** Whether CLICKHOUSE_URL is a server of the user's, and not the front that the test stack has started for the app. */
export const isRealServer = Boolean(process.env.CLICKHOUSE_URL) && process.env.PENSTOCK_EMBEDDED_SOURCE !== "1";

/** A server to test against: the one at CLICKHOUSE_URL when that is a real one, else a front of its own on a free port. */
export async function startTestServer(): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), "penstock-clickhouse-"));
  const front = isRealServer ? undefined : await startClickHouseFront({ dataDir, password: "secret" });
  const address = front ?? {
    url: process.env.CLICKHOUSE_URL,
    username: process.env.CLICKHOUSE_USERNAME,
    password: process.env.CLICKHOUSE_PASSWORD,
  };
  const database = `test_${randomBytes(6).toString("hex")}`;
  const connect: TestServer["connect"] = (options) =>
    createClient({
      url: address.url,
      username: address.username,
      password: address.password,
      database,
      log: { level: ClickHouseLogLevel.OFF },
      ...options,
    });
  const admin = connect({ database: "default" });
  await admin.command({ query: `CREATE DATABASE ${database}` });
  const client = connect();
  const stop = async () => {
    await client.close();
    await admin.command({ query: `DROP DATABASE ${database}` });
    await admin.close();
    await front?.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { client, connect, front, stop };
}
