import { type BenchStack, startBenchStack } from "./bench-stack";
import { type Case, cases } from "./cases";
import { clickhouseExport } from "./clickhouse";
import { measure } from "./measure";
import { removeObjects } from "./objects";
import { prepareExport, runAgain, secondsOf } from "./penstock";
import { plainCopy, startAfresh } from "./plain-copy";
import { peakMemory, resetPeakMemory } from "./processes";
import { projectFor } from "./projects";
import { hasPsql, psqlCopy } from "./psql-copy";
import { type CaseResult, reportCase } from "./report";
import { machine, writeResults } from "./results";
import { DATA_SETS, type DataSet, ensureRows } from "./rows";

const ROWS = Number(process.env.BENCH_ROWS ?? 2_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
/** Names of the cases to measure, separated by semicolons; all cases if unset. */
const ONLY = process.env.BENCH_CASES?.split(";");
const DATA = (process.env.BENCH_DATA ?? "timely").split(",") as DataSet[];
/** The baseline of each case, and its name. */
const copyPlainly = hasPsql ? psqlCopy : plainCopy;
const OTHER = { s3: "ClickHouse s3()", postgres: hasPsql ? "curl | psql \\copy" : "plain COPY" };

interface Ground {
  bench: BenchStack;
  data: DataSet;
  projectId: string;
  rows: number;
}

async function runCase(it: Case, { bench, data, projectId, rows }: Ground): Promise<CaseResult> {
  const { stack, client, processes } = bench;
  const actor = { ...bench.actor, projectIds: [projectId] };
  const database = stack.env.DATABASE_URL ?? "";
  const sourceProjectId = DATA_SETS[data];
  // Both methods start with the same disk state.
  const clear = () => (it.type === "postgres" ? startAfresh(database) : removeObjects(stack.stack.s3, "bench/"));
  const other = () =>
    it.type === "s3"
      ? clickhouseExport(client, stack.stack, { sourceProjectId, ...it })
      : copyPlainly(database, sourceProjectId);
  const first = await prepareExport(actor, projectId, stack, it);
  if (first.rows !== rows) throw new Error(`The run has ${first.rows} rows, the source ${rows}.`);
  resetPeakMemory(processes.worker);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await clear();
    const penstock = await measure(processes, async () => secondsOf(await runAgain(actor, first.id)));
    await clear();
    rounds.push({ penstock, other: await measure(processes, other) });
  }
  await clear();
  const { files, bytes } = first;
  const peakMemoryMb = peakMemory(processes.worker);
  return {
    name: it.name,
    data,
    rows,
    files: files ?? 0,
    bytes: bytes ?? 0,
    other: OTHER[it.type],
    rounds,
    peakMemoryMb,
  };
}

async function main(): Promise<void> {
  const on = machine();
  console.log(`${on.processor}, ${on.cores} cores, load average ${on.loadAverage.join(" ")}`);
  const bench = await startBenchStack(`.data/bench/${ROWS}`);
  try {
    bench.say(`making ${ROWS} rows, once`);
    const rows = await ensureRows(bench.client, ROWS);
    const results: CaseResult[] = [];
    for (const data of DATA) {
      const projectId = await projectFor(bench.actor, data);
      for (const it of cases.filter(({ name }) => ONLY?.includes(name) ?? true)) {
        const result = await runCase(it, { bench, data, projectId, rows });
        results.push(result);
        console.log(`\n${reportCase(it, result)}`);
      }
    }
    console.log(`\nWritten to ${writeResults("formats", on, { results })}`);
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
