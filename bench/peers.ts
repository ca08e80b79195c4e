import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { holdOnLeash, letGo } from "@/server/process/leash";
import { pythonPrograms } from "@/testing/stack/python";
import { type BenchStack, startBenchStack } from "./bench-stack";
import { type Case, cases } from "./cases";
import { measure, median, moverSeconds } from "./measure";
import { removeObjects } from "./objects";
import { prepareExport, runAgain, secondsOf } from "./penstock";
import { peakMemory, processorSeconds, resetPeakMemory, used } from "./processes";
import { projectFor } from "./projects";
import { machine, writeResults } from "./results";
import { DATA_SETS, day, ensureRows } from "./rows";

const ROWS = Number(process.env.BENCH_ROWS ?? 2_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 1);
const DATA = "timely";

/** The JSON that an exporter prints; see bench/peers/common.py. */
interface Said {
  rows: number;
  bytes: number;
  seconds: number;
  cpu: number;
  peakMb: number;
}

interface Peer {
  name: string;
  program: string;
  env?: Record<string, string>;
  /** Penstock's case with the same kind of file, and the target multiple of the peer's rows per second. */
  against: string;
  aim?: number;
}

const PEERS: readonly Peer[] = [
  // Like PostHog, compresses each line separately.
  {
    name: "PostHog-like, gzip a line",
    program: "posthog_like.py",
    env: { GZIP: "lines" },
    against: "jsonl.gz",
    aim: 5,
  },
  { name: "PostHog-like, one gzip", program: "posthog_like.py", env: { GZIP: "stream" }, against: "jsonl.gz", aim: 5 },
  { name: "dlt, rows", program: "dlt_rows.py", against: "jsonl.gz" },
  { name: "dlt, Arrow", program: "dlt_arrow.py", against: "Parquet, zstd", aim: 1.2 },
];

async function runPeer(bin: string, { program, env }: Peer, settings: Record<string, string>): Promise<Said> {
  const child = spawn(join(bin, "python"), ["-B", join("bench", "peers", program)], {
    env: { ...process.env, ...settings, ...env },
    stdio: ["ignore", "pipe", "inherit"],
    // Its own process group, which ends with this process.
    detached: true,
  });
  const { pid } = child;
  if (pid) holdOnLeash(pid);
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  const [code] = (await once(child, "close")) as [number | null];
  if (pid) letGo(pid);
  if (code !== 0) throw new Error(`${program} ended with code ${code}: ${said}`);
  return JSON.parse(said.trim().split("\n").at(-1) ?? "") as Said;
}

/** Where a peer reads and writes. */
function settingsOf({ stack }: BenchStack): Record<string, string> {
  const { s3, clickhouse } = stack.stack;
  const { username, password } = clickhouse.reader ?? clickhouse;
  return {
    CH_URL: clickhouse.url,
    CH_USERNAME: username,
    CH_PASSWORD: password,
    CH_DATABASE: clickhouse.database,
    PROJECT: String(DATA_SETS[DATA]),
    START: day.start.toISOString(),
    END: day.end.toISOString(),
    S3_ENDPOINT: s3.endpoint,
    S3_REGION: s3.region,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    S3_BUCKET: s3.bucket,
    PREFIX: "bench/peers/",
  };
}

interface Measured {
  rowsPerSecond: number;
  seconds: number;
  /** Of ClickHouse and the exporter. */
  processor: number;
  peakMb: number | null;
}

async function measureOurs(bench: BenchStack, name: string, rows: number): Promise<Measured> {
  const { stack, processes } = bench;
  const projectId = await projectFor(bench.actor, DATA);
  const actor = { ...bench.actor, projectIds: [projectId] };
  const it = cases.find((one) => one.name === name) as Case;
  const first = await prepareExport(actor, projectId, stack, it);
  resetPeakMemory(processes.worker);
  const costs = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await removeObjects(stack.stack.s3, "bench/");
    costs.push(await measure(processes, async () => secondsOf(await runAgain(actor, first.id))));
  }
  const seconds = median(costs.map((cost) => cost.seconds));
  const peakMb = peakMemory(processes.worker);
  return { rowsPerSecond: rows / seconds, seconds, processor: median(costs.map(moverSeconds)), peakMb };
}

async function measurePeer(bench: BenchStack, bin: string, peer: Peer, rows: number): Promise<Measured> {
  const rounds: (Said & { processor: number })[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await removeObjects(bench.stack.stack.s3, "bench/");
    const before = processorSeconds(bench.processes);
    const said = await runPeer(bin, peer, settingsOf(bench));
    if (said.rows !== rows) throw new Error(`${peer.name} exported ${said.rows} of ${rows} rows.`);
    const { ClickHouse = 0 } = used(before, processorSeconds(bench.processes));
    rounds.push({ ...said, processor: said.cpu + ClickHouse });
  }
  const middle = (of: (round: (typeof rounds)[number]) => number) => median(rounds.map(of));
  const seconds = middle((it) => it.seconds);
  const processor = middle((it) => it.processor);
  return { rowsPerSecond: rows / seconds, seconds, processor, peakMb: Math.max(...rounds.map((it) => it.peakMb)) };
}

async function main(): Promise<void> {
  const bin = await pythonPrograms("bench/peers/requirements.txt");
  const on = machine();
  console.log(`${on.processor}, ${on.cores} cores, load average ${on.loadAverage.join(" ")}`);
  const bench = await startBenchStack(`.data/bench/${ROWS}`);
  try {
    const rows = await ensureRows(bench.client, ROWS);
    const penstock = new Map<string, Measured>();
    for (const name of new Set(PEERS.map(({ against }) => against))) {
      const measured = await measureOurs(bench, name, rows);
      penstock.set(name, measured);
      console.log(`Penstock, ${name}: ${line(measured)}`);
    }
    const peers = [];
    for (const peer of PEERS) {
      const measured = await measurePeer(bench, bin, peer, rows);
      const times = (penstock.get(peer.against)?.rowsPerSecond ?? Number.NaN) / measured.rowsPerSecond;
      const verdict = peer.aim ? ` (aim at least ${peer.aim}: ${times >= peer.aim ? "reached" : "missed"})` : "";
      console.log(`${peer.name}: ${line(measured)}`);
      console.log(`  Penstock's ${peer.against} has ${times.toFixed(1)} times its rows/s${verdict}`);
      peers.push({ name: peer.name, against: peer.against, times, ...measured });
    }
    await removeObjects(bench.stack.stack.s3, "bench/");
    const found = { rows, rounds: ROUNDS, penstock: Object.fromEntries(penstock), peers };
    console.log(`Written to ${writeResults("peers", on, found)}`);
  } finally {
    await bench.stop();
  }
}

const line = ({ rowsPerSecond, seconds, processor, peakMb }: Measured) =>
  `${Math.round(rowsPerSecond)} rows/s, ${seconds.toFixed(1)} s, ${processor.toFixed(1)} processor seconds with ` +
  `ClickHouse's, at most ${peakMb === null ? "?" : Math.round(peakMb)} MB`;

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
