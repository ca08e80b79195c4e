import { eq, inArray, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { exports, runs, watchedRuns } from "@/lib/db/schema";
import { LOOK_NAMES, LOOKS, type Look } from "@/lib/fields/checks";
import { processDependencies } from "@/lib/services/dependencies";
import { HOUR, SECOND } from "@/lib/units";
import { auditDue } from "@/worker/steps/checks/audit-due";
import { lookAgain } from "@/worker/steps/checks/look-again";
import { type BenchStack, startBenchStack } from "./bench-stack";
import { connect, lastHour, makeExport, makeExports, runDue, runHistoric } from "./hourly";
import { type Cost, measure } from "./measure";
import { machine, writeResults } from "./results";

/** Rows of an hour that one export exports, and exports of an hour with few rows. */
const ROWS = Number(process.env.BENCH_ROWS ?? 2_000_000);
const EXPORTS = Number(process.env.BENCH_EXPORTS ?? 200);
const FEW = 1000;

/** Hours that an audit looks at each day, with the default settings. */
const AUDITED = 30 * 24;

/** Hours of rows like those of a product: an ID, an event, and some 600 bytes of properties. */
async function fill({ client }: BenchStack, rows: number, hours = 1): Promise<void> {
  await client.command({ query: "ALTER TABLE events DELETE WHERE project_id = 1 SETTINGS mutations_sync = 2" });
  await client.command({
    query:
      "INSERT INTO events SELECT 1, generateUUIDv4(), concat('event ', toString(number % 40)), toString(number), generateUUIDv4(), at, at, at, " +
      'concat(\'{"n":\', toString(number), \',"page":"\', hex(cityHash64(number % 5000)), \'","noise":"\', hex(randomString(200)), \'"}\'), ' +
      '\'{"plan":"pro","country":"DE"}\', \'\', \'::1\' FROM (SELECT number, ' +
      "{start:DateTime64(6, 'UTC')} + toIntervalMicrosecond(intDiv(number * 3600000000 * {hours:UInt64}, {rows:UInt64})) AS at FROM numbers({rows:UInt64}))",
    query_params: { start: new Date(lastHour() - hours * HOUR), rows, hours },
  });
}

/** Makes one look at each run due, and makes it. */
async function look({ processes }: BenchStack, exportIds: string[], name: Look): Promise<Cost> {
  const ids = (await getDb().select({ id: runs.id }).from(runs).where(inArray(runs.exportId, exportIds))).map(
    ({ id }) => id,
  );
  const age = LOOKS[name] / SECOND;
  await getDb()
    .update(watchedRuns)
    .set({
      committedAt: sql`now() - ${age + 1} * interval '1 second'`,
      looked: age - 1,
      nextLookAt: sql`now()`,
    })
    .where(inArray(watchedRuns.runId, ids));
  return measure(processes, async () => {
    const from = performance.now();
    await lookAgain(processDependencies(), new AbortController().signal);
    return (performance.now() - from) / 1000;
  });
}

/** The servers are children of this process, whose seconds include theirs. */
const total = ({ processor: { client = 0 } }: Cost) => client;

const rounded = (cost: Cost) => ({
  seconds: Number(cost.seconds.toFixed(2)),
  processor: Object.fromEntries(Object.entries(cost.processor).map(([name, s]) => [name, Number(s.toFixed(2))])),
});

/** The cost of exporting an hour, and of all looks at it. */
async function measured(bench: BenchStack, count: number, rows: number) {
  await fill(bench, rows);
  const exportIds = await makeExports(bench.actor, await connect(bench), count);
  const exporting = await runDue(bench, exportIds);
  const looks: Partial<Record<Look, Cost>> = {};
  for (const name of LOOK_NAMES) looks[name] = await look(bench, exportIds, name);
  const { "1d": withFingerprints, ...counts } = looks as Record<Look, Cost>;
  const percent = (seconds: number) => Number(((100 * seconds) / total(exporting)).toFixed(2));
  const ofCounts = percent(Object.values(counts).reduce((sum, cost) => sum + total(cost), 0));
  const ofFingerprints = percent(total(withFingerprints));
  console.log(
    `${count} x ${rows} rows: ${exporting.seconds.toFixed(1)} s, ${total(exporting).toFixed(1)} processor seconds to export;`,
  );
  console.log(`  four looks that count: ${ofCounts} %, the one with fingerprints: ${ofFingerprints} % of that.`);
  const each = Object.fromEntries(Object.entries(looks).map(([name, cost]) => [name, rounded(cost)]));
  return {
    exports: count,
    rows,
    exporting: rounded(exporting),
    looks: each,
    percent: { counts: ofCounts, fingerprints: ofFingerprints },
  };
}

/** The cost of the last 30 days of hours, and of one audit of them, which also reads a hundredth of the files. */
async function audited(bench: BenchStack) {
  await fill(bench, FEW * AUDITED, AUDITED);
  const { id } = await makeExport(bench.actor, await connect(bench));
  const exporting = await runHistoric(bench, id, AUDITED);
  await getDb().update(exports).set({ nextAuditAt: sql`now()` }).where(eq(exports.id, id));
  const auditing = await measure(bench.processes, async () => {
    const from = performance.now();
    const { audited: windows } = await auditDue(processDependencies(), new AbortController().signal);
    if (windows !== AUDITED) throw new Error(`${windows} of ${AUDITED} windows were audited.`);
    return (performance.now() - from) / 1000;
  });
  // A day has 24 new hours, and looks at all of them.
  const percent = Number(((100 * total(auditing)) / ((24 * total(exporting)) / AUDITED)).toFixed(2));
  console.log(`${AUDITED} windows of ${FEW} rows: a daily audit costs ${percent} % of exporting 24 of them.`);
  return { windows: AUDITED, rows: FEW, exporting: rounded(exporting), auditing: rounded(auditing), percent };
}

async function main(): Promise<void> {
  const on = machine();
  process.env.ALLOWED_PRIVATE_HOSTS = "127.0.0.1";
  const allowed = { ALLOWED_PRIVATE_HOSTS: "127.0.0.1" };
  const bench = await startBenchStack(".data/bench/checks", async () => allowed);
  const withClient = { ...bench, processes: { ...bench.processes, client: process.pid } };
  try {
    const large = await measured(withClient, 1, ROWS);
    const many = await measured(withClient, EXPORTS, FEW);
    const audits = await audited(withClient);
    console.log(`Written to ${writeResults("checks", on, { large, many, audits })}`);
  } finally {
    await bench.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
