import { randomUUID } from "node:crypto";
import type { ClickHouseClient } from "@clickhouse/client";
import type { S3DestinationInput } from "@/lib/destinations/s3/settings";
import { createConnectionSchema } from "@/lib/schemas/connection";
import { createExportSchema } from "@/lib/schemas/export";
import { createConnection } from "@/lib/services/connections/create";
import { verifyConnection } from "@/lib/services/connections/verify";
import { createExport } from "@/lib/services/exports/create";
import { createHistoricExport } from "@/lib/services/historic-exports/create";
import { createProject } from "@/lib/services/projects/create";
import { type BenchStack, startBenchStack } from "./bench-stack";
import { type Cost, measure, moverSeconds } from "./measure";
import { removeObjects } from "./objects";
import { bucketOf, firstRun, secondsOf } from "./penstock";
import { peakMemory, resetPeakMemory } from "./processes";
import { machine, writeResults } from "./results";

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const NAMES = Number(process.env.BENCH_NAMES ?? 1000);
const FORMAT = (process.env.BENCH_FORMAT ?? "jsonl") as "jsonl" | "csv" | "parquet";
const AIM = 3;
const hour = { start: new Date("2026-03-02T10:00:00Z"), end: new Date("2026-03-02T11:00:00Z") };

const BY_EVENT = { layout: "hive", partitionByEvent: true } as const;
/** Large enough for all rows. */
const AS_ONE = { layout: "template", maxFileSizeMb: 5120 } as const;

interface Ground {
  bench: BenchStack;
  projectId: string;
  connectionId: string;
}

/** An hour of rows of about 700 bytes with events in random order, so that every part holds some of each name. */
async function fill(client: ClickHouseClient, sourceProjectId: number): Promise<void> {
  await client.command({
    query:
      "INSERT INTO events SELECT {project:UInt32}, generateUUIDv4(), concat('event ', toString(cityHash64(number) % {names:UInt32})), " +
      'toString(number % 50000), generateUUIDv4(), at, at, at, concat(\'{"n":\', toString(number), \',"text":"\', ' +
      "repeat(hex(cityHash64(number + 1)), 20), '\"}'), '{\"plan\":\"free\"}', '', '::1' FROM (SELECT number, " +
      "{start:DateTime64(6, 'UTC')} + toIntervalMicrosecond(intDiv(number * 3600000000, {rows:UInt32})) AS at FROM numbers({rows:UInt32}))",
    query_params: { project: sourceProjectId, names: NAMES, rows: ROWS, start: hour.start },
  });
}

/** Exports the hour once and returns the cost. */
async function exportHour({ bench, projectId, connectionId }: Ground, chosen: Partial<S3DestinationInput>) {
  const { actor, processes } = bench;
  const destination = { type: "s3", prefix: `bench/${randomUUID()}/`, format: FORMAT, ...chosen };
  const input = { name: "many files", connectionId, destination, schedule: { every: "hour" }, paused: true };
  const { id } = await createExport(actor, { projectId, ...createExportSchema.parse(input) });
  const range = { start: hour.start.toISOString(), end: hour.end.toISOString() };
  let files = 0;
  resetPeakMemory(processes.worker);
  const cost = await measure(processes, async () => {
    await createHistoricExport(actor, { exportId: id, ...range });
    const run = await firstRun(actor, id);
    if (run.rows !== ROWS) throw new Error(`The run has ${run.rows} rows of ${ROWS}.`);
    files = run.files ?? 0;
    return secondsOf(run);
  });
  return { cost, files, memoryMb: peakMemory(processes.worker) };
}

const said = ({ cost, files, memoryMb }: { cost: Cost; files: number; memoryMb: number | null }) =>
  `${files} files in ${cost.seconds.toFixed(1)} s (${(files / cost.seconds).toFixed(1)} files/s), processor ` +
  `${Object.entries(cost.processor)
    .map(([who, seconds]) => `${who} ${seconds.toFixed(1)}`)
    .join(", ")} s, worker's peak memory ${memoryMb ?? "unknown"} MB`;

async function main(): Promise<void> {
  const on = machine();
  const bench = await startBenchStack(".data/bench/many-files");
  try {
    const { actor, stack } = bench;
    const sourceProjectId = Math.floor(Math.random() * 2 ** 31);
    const { id: projectId } = await createProject(actor, { name: "many files", sourceProjectId });
    const owner = { ...actor, projectIds: [projectId] };
    const wanted = createConnectionSchema.parse({ type: "s3", name: "bench", config: bucketOf(stack.stack.s3) });
    const { id: connectionId } = await createConnection(owner, { projectId, ...wanted });
    await verifyConnection(owner, { id: connectionId });
    bench.say(`making ${ROWS} rows of ${NAMES} events`);
    await fill(bench.client, sourceProjectId);
    const ground = { bench: { ...bench, actor: owner }, projectId, connectionId };
    const one = await exportHour(ground, AS_ONE);
    const many = await exportHour(ground, BY_EVENT);
    const ratio = many.cost.seconds / one.cost.seconds;
    const processor = moverSeconds(many.cost) / moverSeconds(one.cost);
    console.log(`\n${ROWS} rows of ${NAMES} events as ${FORMAT}, load average ${on.loadAverage.join(" ")}`);
    console.log(`  as one file: ${said(one)}`);
    console.log(`  by event:    ${said(many)}`);
    console.log(`  seconds ${ratio.toFixed(2)} times those of one file (aim at most ${AIM})`);
    console.log(`  processor seconds ${processor.toFixed(2)} times`);
    const found = { rows: ROWS, names: NAMES, format: FORMAT, one, many, ratio, processor };
    console.log(`Written to ${writeResults("many files", on, found)}`);
    await removeObjects(stack.stack.s3, "bench/");
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
