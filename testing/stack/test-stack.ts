import { join } from "node:path";
import { apiClient } from "@/local/run/api";
import { loadModules, prepare } from "@/local/run/prepare";
import { endApp, startApp } from "@/local/run/serve";
import { sourceClient } from "@/local/run/source-client";
import { stackFile, writeStackFile } from "@/local/run/stack-file";
import { generateSample } from "@/local/sample/generate";
import { connectLocalBucket } from "@/local/sample-export";
import { startStack } from "@/local/stack";
import { ensureBuilt } from "@/server/build/build-app";
import { makeProgress } from "@/server/process/progress";
import type { Shutdown } from "@/server/process/shutdown";

/** User environment variables that would point the tests to other services. CLICKHOUSE_URL is allowed to. */
const NOT_OURS = [
  "DATABASE_URL",
  "DATABASE_MIGRATION_URL",
  "TEMPORAL_ADDRESS",
  "TEMPORAL_NAMESPACE",
  "TEMPORAL_API_KEY",
  "TEMPORAL_TLS",
  "TEMPORAL_TLS_CA",
  "TEMPORAL_TLS_CERT",
  "TEMPORAL_TLS_KEY",
  "TEMPORAL_TLS_SERVER_NAME",
  "TEMPORAL_TASK_QUEUE",
  "TEMPORAL_UI_ORIGIN",
  "TEMPORAL_CODEC_TOKEN",
  "S3_ENDPOINT",
  "APP_URL",
  "PORT",
  "ENCRYPTION_KEYS",
  "AUTH_SECRET",
  "SMTP_URL",
  "ALLOW_SIGNUP",
  "FIRST_USER_EMAIL",
  "FIRST_USER_PASSWORD",
];

/** Environment of build, web, worker, and tests: builds separate from `npm start`, and no delay before a run. */
const TEST_ENV = {
  NEXT_DIST_DIR: ".data/test/next",
  PENSTOCK_DIST_DIR: ".data/test/dist",
  SETTLE_SECONDS: "0",
  // Tests start their own servers; the guard's own tests use other names and addresses of the loopback.
  ALLOWED_PRIVATE_HOSTS: "127.0.0.1, postgres=127.0.0.1, webhook=127.0.0.1",
  // Hundreds of tests share one key.
  API_RATE_PER_MINUTE: "1000000",
};

export interface TestStack {
  /** Environment of the tests, with all addresses and keys. */
  env: Record<string, string>;
  /** Receives a sentence when part of the stack ends unexpectedly. */
  deaths: string[];
  /** Fills the first project's source with two days of sample events. */
  fill: () => Promise<void>;
}

const SAMPLE = { days: 2, events: 50_000 };

/** Builds the app and starts a stack with web and worker in `dataDir`; `shutdown` stops it. */
export async function startTestStack(dataDir: string, shutdown: Shutdown): Promise<TestStack> {
  for (const name of NOT_OURS) delete process.env[name];
  Object.assign(process.env, TEST_ENV);
  const progress = makeProgress();
  const building = ensureBuilt({ env: {}, logDir: join(dataDir, "logs"), progress });
  // A failure is handled below, where the build is awaited.
  building.catch(() => {});
  const [stack] = await Promise.all([startStack({ dataDir, ports: "free", progress }), loadModules()]);
  shutdown.before(() => stack.stop());
  const { keys, projectId, sourceProjectId } = await prepare({ stack, dataDir, progress, makeTables: true });
  await building;
  const app = await startApp({ mode: "start", stack, progress, onStarted: (it) => shutdown.before(() => endApp(it)) });
  const { apiKey = null, login = null } = keys;
  writeStackFile(dataDir, { web: app.web, apiKey, projectId, login, ...stack.stack });
  // Otherwise the first test organization to verify it would own it.
  await connectLocalBucket(apiClient(app.web, apiKey ?? ""), projectId, stack.stack.s3);
  const deaths: string[] = [];
  void stack.ended.then((why) => deaths.push(why));
  for (const child of app.children) void child.exited.then((exit) => deaths.push(child.describe(exit)));
  const fill = async () => {
    const client = sourceClient(stack.stack.clickhouse);
    await generateSample(client, { sourceProjectId, ...SAMPLE }).finally(() => client.close());
  };
  return {
    deaths,
    fill,
    env: {
      ...app.env,
      PENSTOCK_STACK_FILE: stackFile(dataDir),
      PENSTOCK_WEB: app.web,
      PENSTOCK_API_KEY: apiKey ?? "",
      PENSTOCK_PROJECT_ID: projectId,
      PENSTOCK_SOURCE_PROJECT_ID: String(sourceProjectId),
      PENSTOCK_LOG_DIR: stack.logDir,
      PENSTOCK_SOURCE_OWNER: stack.stack.clickhouse.username,
      PENSTOCK_SOURCE_OWNER_PASSWORD: stack.stack.clickhouse.password,
      PENSTOCK_EMBEDDED_SOURCE: stack.embeddedSource ? "1" : "0",
    },
  };
}
