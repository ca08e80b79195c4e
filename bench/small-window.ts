import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { exports, rests } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import { isActive } from "@/lib/fields/run-state";
import { createConnectionSchema } from "@/lib/schemas/connection";
import { createExportSchema } from "@/lib/schemas/export";
import type { Run } from "@/lib/schemas/run";
import type { Actor } from "@/lib/services/access/actor";
import { createConnection } from "@/lib/services/connections/create";
import { verifyConnection } from "@/lib/services/connections/verify";
import { createExport } from "@/lib/services/exports/create";
import { listRuns } from "@/lib/services/runs/list";
import { getTemporal } from "@/lib/temporal/client";
import { workflowTypeOf } from "@/lib/temporal/contract";
import { HOUR } from "@/lib/units";
import { type BenchStack, startBenchStack } from "./bench-stack";
import { CountingProxy, httpRequests, statements } from "./counting-proxy";
import { stepsOf } from "./history";
import { median } from "./measure";
import { machine, writeResults } from "./results";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 20);
/** Few rows, to measure everything except bytes. */
const ROWS = 1000;
const AIMS = { ms: 300, statements: 15, events: 15 };

interface Proxies {
  sql: CountingProxy;
  s3: CountingProxy;
  clickhouse: CountingProxy;
}

/** Puts a counting proxy in front of every server of the worker except Temporal. */
async function proxiesFor(env: Record<string, string>): Promise<Proxies & { env: Record<string, string> }> {
  const behind = async (name: string, reader: typeof statements) => {
    const url = new URL(env[name] ?? "");
    const proxy = await CountingProxy.open(new URL(url), reader);
    url.port = String(proxy.port);
    return { proxy, href: url.href };
  };
  const sql = await behind("DATABASE_URL", statements);
  const s3 = await behind("S3_ENDPOINT", httpRequests);
  const clickhouse = await behind("CLICKHOUSE_URL", httpRequests);
  return {
    sql: sql.proxy,
    s3: s3.proxy,
    clickhouse: clickhouse.proxy,
    env: { DATABASE_URL: sql.href, CLICKHOUSE_URL: clickhouse.href, ALLOWED_PRIVATE_HOSTS: "127.0.0.1" },
  };
}

async function finished(actor: Actor, exportId: string): Promise<Run> {
  for (;;) {
    const [run] = (await listRuns(actor, { exportId, limit: 1 })).items;
    if (run?.state === "Completed") return run;
    if (run && !isActive(run.state)) throw new Error(`The run ended ${run.state}: ${run.error?.message}`);
    await pause(20);
  }
}

/** The hour that just ended, which a schedule that fires now exports. */
function lastHour(): { start: Date; end: Date } {
  const end = new Date(Math.floor(Date.now() / HOUR) * HOUR);
  return { start: new Date(end.getTime() - HOUR), end };
}

/** A connection to the storage behind its counting proxy. */
async function connect({ actor, stack }: BenchStack, s3Port: number): Promise<string> {
  const [projectId = ""] = actor.projectIds;
  const { bucket, region, accessKeyId, secretAccessKey } = stack.stack.s3;
  const endpoint = `http://127.0.0.1:${s3Port}`;
  const config = { bucket, region, endpoint, accessKeyId, secretAccessKey, forcePathStyle: true };
  const wanted = createConnectionSchema.parse({ type: "s3", name: `small ${randomUUID()}`, config });
  const { id } = await createConnection(actor, { projectId, ...wanted });
  const { ok, steps } = await verifyConnection(actor, { id });
  if (!ok) throw new Error(JSON.stringify(steps));
  return id;
}

/** Exports one hour of a new export, started as its schedule would start it. */
async function oneRound(actor: Actor, connectionId: string, { sql, s3, clickhouse }: Proxies) {
  const [projectId = ""] = actor.projectIds;
  const destination = { type: "s3", prefix: `bench/${randomUUID()}/` };
  const input = { name: "small", connectionId, destination, schedule: { every: "hour" }, paused: true };
  const { id: exportId } = await createExport(actor, { projectId, ...createExportSchema.parse(input) });
  // Resumed without a schedule in Temporal, with its last hour due: only the workflow below fires.
  await getDb().delete(rests).where(eq(rests.exportId, exportId));
  await getDb().update(exports).set({ paused: false, dueFrom: lastHour().start }).where(eq(exports.id, exportId));
  for (const proxy of [sql, s3, clickhouse]) proxy.take();
  const startedAt = Date.now();
  const workflowId = `bench-${randomUUID()}`;
  const { TEMPORAL_TASK_QUEUE: taskQueue } = getEnv();
  await getTemporal().workflow.start(workflowTypeOf("s3"), { workflowId, taskQueue, args: [{ exportId }] });
  const run = await finished(actor, exportId);
  const ms = Date.parse(run.finishedAt ?? "") - startedAt;
  // The worker reports its last step to Temporal only afterward.
  await pause(300);
  const counted = { statements: sql.take(), s3: s3.take(), clickhouse: clickhouse.take() };
  return { run, ms, ...counted, ...(await stepsOf(workflowId)) };
}

/** Creates the hour's rows. Rows of an earlier bench are in other hours, or add to these. */
async function fill({ client }: BenchStack): Promise<void> {
  const { start } = lastHour();
  await client.command({
    query:
      "INSERT INTO events SELECT 1, generateUUIDv4(), 'step', toString(number), generateUUIDv4(), at, at, at, " +
      "concat('{\"n\":', toString(number), '}'), '{}', '', '::1' FROM (SELECT number, " +
      "{start:DateTime64(3, 'UTC')} + toIntervalSecond(1 + number * 3) AS at FROM numbers({rows:UInt32}))",
    query_params: { start, rows: ROWS },
  });
}

async function main(): Promise<void> {
  const on = machine();
  process.env.ALLOWED_PRIVATE_HOSTS = "127.0.0.1";
  let proxies: Awaited<ReturnType<typeof proxiesFor>> | undefined;
  const bench = await startBenchStack(".data/bench/small", async (env) => {
    proxies = await proxiesFor(env);
    return proxies.env;
  });
  try {
    if (!proxies) throw new Error("The worker was started without its proxies.");
    await fill(bench);
    const connectionId = await connect(bench, proxies.s3.port);
    await oneRound(bench.actor, connectionId, proxies);
    const rounds: Awaited<ReturnType<typeof oneRound>>[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await oneRound(bench.actor, connectionId, proxies));
    const middle = (of: (round: (typeof rounds)[number]) => number) => median(rounds.map(of));
    const steps = Object.fromEntries(
      Object.keys(rounds[0]?.steps ?? {}).map((name) => [name, middle(({ steps }) => steps[name] ?? 0)]),
    );
    const counts = {
      statements: middle((it) => it.statements.length),
      s3Requests: middle((it) => it.s3.length),
      clickhouseQueries: middle((it) => it.clickhouse.length),
      temporalEvents: middle((it) => it.events),
    };
    const ms = middle((it) => it.ms);
    console.log(
      `\n${rounds[0]?.run.rows} rows in ${rounds[0]?.run.files} file, median of ${ROUNDS} runs, load average ${on.loadAverage.join(" ")}`,
    );
    console.log(`  ${ms} ms from the request to the committed receipt (aim at most ${AIMS.ms})`);
    for (const [name, value] of Object.entries(steps)) console.log(`    ${name.padEnd(34)} ${value} ms`);
    console.log(
      `  ${counts.statements} SQL statements (aim at most ${AIMS.statements}), ${counts.s3Requests} S3 requests,`,
    );
    console.log(
      `  ${counts.clickhouseQueries} ClickHouse queries, ${counts.temporalEvents} Temporal events (aim at most ${AIMS.events})`,
    );
    if (process.env.BENCH_VERBOSE)
      console.log(
        rounds
          .at(-1)
          ?.statements.map((it) => it.slice(0, 160))
          .join("\n"),
      );
    console.log(`Written to ${writeResults("small window", on, { ms, steps, ...counts })}`);
  } finally {
    await bench.stop();
    for (const proxy of [proxies?.sql, proxies?.s3, proxies?.clickhouse]) proxy?.close();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
