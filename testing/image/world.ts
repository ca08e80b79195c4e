import { randomBytes, randomInt } from "node:crypto";
import { Client } from "pg";
import { closeTemporal, getTemporal } from "@/lib/temporal/client";
import { freePorts } from "@/local/parts/ports";
import { asAdmin } from "@/testing/database/own-database";
import { TestBucket } from "@/testing/runs/bucket";
import { closeSourceOwner } from "@/testing/runs/source-owner";

/** Services for one installation: a database and a namespace of its own on the test stack, and a bucket. */
export interface World {
  /** The variables of the containers. */
  env: Record<string, string>;
  web: string;
  bucket: TestBucket;
  /** Makes the installation's project read rows that no other test touches; returns their project id. */
  takeSource(): Promise<number>;
  close(): Promise<void>;
}

const FROM_STACK = [
  "CLICKHOUSE_URL",
  "CLICKHOUSE_USERNAME",
  "CLICKHOUSE_PASSWORD",
  "CLICKHOUSE_DATABASE",
  "TEMPORAL_ADDRESS",
  "ENCRYPTION_KEYS",
  "AUTH_SECRET",
  "ALLOWED_PRIVATE_HOSTS",
  "SETTLE_SECONDS",
];

export async function openWorld(): Promise<World> {
  const server = process.env.DATABASE_URL ?? "";
  const name = `image_${randomBytes(6).toString("hex")}`;
  await asAdmin(server, `CREATE DATABASE ${name}`);
  const database = new URL(server);
  database.pathname = `/${name}`;
  await getTemporal().workflowService.registerNamespace({
    namespace: name,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  const [bucket, { web: port }] = await Promise.all([TestBucket.make(), freePorts()]);
  const web = `http://127.0.0.1:${port}`;
  const given = Object.fromEntries(FROM_STACK.map((variable) => [variable, process.env[variable] ?? ""]));
  const own = { DATABASE_URL: database.href, TEMPORAL_NAMESPACE: name, APP_URL: web, HOST: "127.0.0.1" };
  return {
    env: { ...given, ...own, PORT: String(port) },
    web,
    bucket,
    takeSource: () => takeSource(database.href),
    close: async () => {
      await bucket.remove();
      await Promise.all([closeTemporal(), closeSourceOwner()]);
      await asAdmin(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function takeSource(database: string): Promise<number> {
  const sourceProjectId = randomInt(2 ** 31, 2 ** 32 - 1);
  const client = new Client({ connectionString: database });
  await client.connect();
  await client.query("UPDATE projects SET source_project_id = $1", [sourceProjectId]).finally(() => client.end());
  return sourceProjectId;
}
