import { HOUR } from "@/lib/units";
import { type BenchStack, startBenchStack } from "./bench-stack";
import { connect, lastHour, makeExport, makeExports, runDue, runHistoric } from "./hourly";
import type { Cost } from "./measure";
import { machine, writeResults } from "./results";

/** Exports that are due at once, and hours of a historic export. A year has 8,760. */
const DUE = Number(process.env.BENCH_DUE ?? 500);
const HOURS = Number(process.env.BENCH_HOURS ?? 1000);
const ROWS_A_WINDOW = 5;

/** Exports with one due hour each; all schedules fire at once. */
async function dueAtOnce(bench: BenchStack, connectionId: string): Promise<Cost> {
  return runDue(bench, await makeExports(bench.actor, connectionId, DUE));
}

/** Exports the hours of a past range in one historic export. */
const historic = async (bench: BenchStack, connectionId: string): Promise<Cost> =>
  runHistoric(bench, (await makeExport(bench.actor, connectionId)).id, HOURS);

async function fill({ client }: BenchStack): Promise<void> {
  await client.command({
    query:
      "INSERT INTO events SELECT 1, generateUUIDv4(), 'step', toString(number), generateUUIDv4(), at, at, at, " +
      "concat('{\"n\":', toString(number), '}'), '{}', '', '::1' FROM (SELECT number, " +
      "{start:DateTime64(3, 'UTC')} + toIntervalSecond(1 + number * {every:UInt32}) AS at FROM numbers({rows:UInt32}))",
    query_params: {
      start: new Date(lastHour() - HOURS * HOUR),
      every: HOUR / 1000 / ROWS_A_WINDOW,
      rows: HOURS * ROWS_A_WINDOW,
    },
  });
}

function told(name: string, windows: number, { seconds, processor }: Cost) {
  const perSecond = Number((windows / seconds).toFixed(1));
  const ms = Object.fromEntries(Object.entries(processor).map(([key, s]) => [key, Math.round((s * 1000) / windows)]));
  console.log(`${name}: ${windows} windows in ${seconds.toFixed(1)} s, ${perSecond} a second;`);
  console.log(`  processor ms a window: ${JSON.stringify(ms)}`);
  return { windows, seconds: Number(seconds.toFixed(1)), perSecond, processorMsPerWindow: ms };
}

async function main(): Promise<void> {
  const on = machine();
  process.env.ALLOWED_PRIVATE_HOSTS = "127.0.0.1";
  const allowed = { ALLOWED_PRIVATE_HOSTS: "127.0.0.1" };
  const bench = await startBenchStack(".data/bench/many", async () => allowed);
  try {
    await fill(bench);
    const connectionId = await connect(bench);
    const due = DUE > 0 && told("due at once", DUE, await dueAtOnce(bench, connectionId));
    const past = HOURS > 0 && told("historic export", HOURS, await historic(bench, connectionId));
    console.log(
      `Written to ${writeResults("many windows", on, { ...(due && { due }), ...(past && { historic: past }) })}`,
    );
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
