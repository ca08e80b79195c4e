import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { and, eq, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import { createConnectionSchema } from "@/lib/schemas/connection";
import { createExportSchema, type Export } from "@/lib/schemas/export";
import type { Actor } from "@/lib/services/access/actor";
import { insertApiKey } from "@/lib/services/api-keys/insert";
import { createConnection } from "@/lib/services/connections/create";
import { verifyConnection } from "@/lib/services/connections/verify";
import { createExport } from "@/lib/services/exports/create";
import { loadExport } from "@/lib/services/exports/load";
import { startHistoric } from "@/lib/services/historic-exports/create";
import { HOUR, MINUTE } from "@/lib/units";
import { ensureBuilt } from "@/server/build/build-app";
import { distDir } from "@/server/process/app-processes";
import { makeProgress } from "@/server/process/progress";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";
import { type BenchStack, startBenchStack } from "../bench-stack";
import { machine, writeResults } from "../results";
import { chartOf } from "./chart";
import { growth, type Sample, sampleOf } from "./memory";

const MINUTES = Number(process.env.BENCH_MINUTES ?? 60);
/** Exports, and windows of the historic export that each starts every minute. */
const [EXPORTS, WINDOWS] = [10, 20];
const [EVERY_MS, POLL_MS] = [5_000, 2_000];
const CHART = "docs/images/soak.svg";

async function connect({ actor, stack }: BenchStack): Promise<string> {
  const [projectId = ""] = actor.projectIds;
  const config = { ...stack.stack.s3, forcePathStyle: true };
  const wanted = createConnectionSchema.parse({ type: "s3", name: `soak ${randomUUID()}`, config });
  const { id } = await createConnection(actor, { projectId, ...wanted });
  const { ok, steps } = await verifyConnection(actor, { id });
  if (!ok) throw new Error(JSON.stringify(steps));
  return id;
}

/** Inserts a few rows into every hour of the days exported first; earlier windows are empty. */
const fill = ({ client }: BenchStack) =>
  client.command({
    query:
      "INSERT INTO events SELECT 1, generateUUIDv4(), 'step', toString(number), generateUUIDv4(), at, at, at, " +
      "'{}', '{}', '', '::1' FROM (SELECT number, now64(3) - toIntervalMinute(5 * number) AS at FROM numbers(50000))",
  });

async function makeExports(actor: Actor, connectionId: string) {
  const [projectId = ""] = actor.projectIds;
  const folder = `soak/${randomUUID()}`;
  return Promise.all(
    Array.from({ length: EXPORTS }, (_, index) => {
      const destination = { type: "s3", prefix: `${folder}/${index}/` };
      const input = { name: `soak ${index}`, connectionId, destination, schedule: { every: "hour" }, paused: true };
      return createExport(actor, { projectId, ...createExportSchema.parse(input) });
    }),
  );
}

/** Exports windows that move further into the past. */
async function keepRunning(actor: Actor, { id }: Export, until: number) {
  let end = Math.floor(Date.now() / HOUR) * HOUR - HOUR;
  while (Date.now() < until) {
    const range = { start: new Date(end - WINDOWS * HOUR), end: new Date(end), windows: WINDOWS };
    await startHistoric(actor, await loadExport(actor, id), range);
    end -= WINDOWS * HOUR;
    await pause(MINUTE);
  }
}

/** Requests what the pages of a watching user request. */
async function keepPolling({ web }: SpawnedWeb, projectId: string, key: string, exportId: string, until: number) {
  const paths = [`/api/projects/${projectId}/exports`, `/api/projects/${projectId}/activity`];
  paths.push(`/api/exports/${exportId}/runs`, `/api/exports/${exportId}`, "/api/metrics");
  let asked = 0;
  while (Date.now() < until) {
    for (const path of paths) {
      const answer = await fetch(`${web}${path}`, { headers: { authorization: `Bearer ${key}` } });
      await answer.arrayBuffer();
      asked += 1;
    }
    await pause(POLL_MS);
  }
  return asked;
}

async function main(): Promise<void> {
  const on = machine();
  process.env.ALLOWED_PRIVATE_HOSTS = "127.0.0.1";
  await ensureBuilt({ env: {}, logDir: ".data/bench/soak", progress: makeProgress() });
  const PENSTOCK_DIST_DIR = distDir();
  const bench = await startBenchStack(".data/bench/soak");
  const web = await spawnWeb({ ...bench.stack.env, PENSTOCK_DIST_DIR }, `${bench.stack.logDir}/web.log`);
  try {
    const { actor } = bench;
    await fill(bench);
    const [projectId = ""] = actor.projectIds;
    const exported = await makeExports(actor, await connect(bench));
    const values = { organizationId: actor.organizationId, projectId, name: "soak", scopes: ["read" as const] };
    const key = await insertApiKey(getDb(), { ...values, expiresAt: null, role: "admin", createdBy: null });
    const startedAt = Date.now();
    const until = startedAt + MINUTES * MINUTE;
    const work = exported.map((one) => keepRunning(actor, one, until));
    const polling = keepPolling(web, projectId, key, exported[0]!.id, until);
    const samples: Sample[] = [];
    const processes = { ...bench.processes, web: web.pid };
    while (Date.now() < until) {
      samples.push(sampleOf(processes, (Date.now() - startedAt) / 1000));
      await pause(EVERY_MS);
    }
    await Promise.all(work);
    const [count] = await getDb()
      .select({ runs: sql<number>`count(*)::int` })
      .from(runs)
      .where(
        and(eq(runs.state, "Completed"), sql`${runs.createdAt} >= ${new Date(startedAt).toISOString()}::timestamptz`),
      );
    report(samples, { runs: count?.runs ?? 0, asked: await polling });
    writeResults("soak", on, { minutes: MINUTES, runs: count?.runs, ...summary(samples) });
  } finally {
    await web.stop();
    await bench.stop();
  }
}

const summary = (samples: readonly Sample[]) =>
  Object.fromEntries(
    Object.keys(samples[0]?.mb ?? {}).map((name) => {
      const mb = samples.map((sample) => sample.mb[name] ?? 0);
      return [name, { most: Math.max(...mb), last: mb.at(-1), perHour: Math.round(growth(samples, name)) }];
    }),
  );

function report(samples: readonly Sample[], { runs: done, asked }: { runs: number; asked: number }): void {
  const title = `${MINUTES} minutes, ${done} runs, ${asked} requests: resident memory of each process`;
  console.log(`\n${title}`);
  for (const [name, { most, last, perHour }] of Object.entries(summary(samples)))
    console.log(`  ${name.padEnd(12)} most ${most} MB, at the end ${last} MB, growth ${perHour} MB an hour`);
  mkdirSync("docs/images", { recursive: true });
  writeFileSync(CHART, chartOf(title, samples));
  console.log(`Drawn to ${CHART}`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
