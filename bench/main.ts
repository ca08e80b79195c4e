import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Actor } from "@/lib/services/auth/actor";
import { makeProgress } from "../local/parts/progress";
import { distDir } from "../local/run/app-processes";
import { bundleWorker } from "../local/run/bundle-worker";
import { prepare } from "../local/run/prepare";
import { sourceClient } from "../local/run/source-client";
import { spawnWorker } from "../local/spawn-worker";
import { startStack } from "../local/stack";
import { cases } from "./cases";
import { clickhouseExport } from "./clickhouse";
import { prepareExport, runAgain, secondsOf } from "./penstock";
import { plainCopy, startAfresh } from "./plain-copy";
import { hasPsql, psqlCopy } from "./psql-copy";
import { reportCase } from "./report";
import { ensureRows } from "./rows";

const ROWS = Number(process.env.BENCH_ROWS ?? 2_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
/** Names of the cases to measure, separated by semicolons; all of them where it is not set. */
const ONLY = process.env.BENCH_CASES?.split(";");
/** What each case is held against, and its name. */
const copyPlainly = hasPsql ? psqlCopy : plainCopy;
const OTHER = { s3: "ClickHouse s3()", postgres: hasPsql ? "curl | psql \\copy" : "plain COPY" };
/** A folder of its own: rows are kept between benches, and the data of `npm start` is left alone. */
const DATA = ".data/bench";

/** The most memory that a process has ever held, in MB, as Linux keeps it. */
function peakMemory(pid: number): number | null {
  try {
    const kib = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kib === undefined ? null : Math.round(Number(kib) / 1000);
  } catch {
    return null;
  }
}

async function main(): Promise<void> {
  process.env.SETTLE_SECONDS = "0";
  process.env.PENSTOCK_DIST_DIR = `${DATA}/dist`;
  const progress = makeProgress();
  const dataDir = resolve(DATA);
  const stack = await startStack({ dataDir, ports: "free", progress });
  try {
    const { projectId, sourceProjectId } = await prepare({ stack, dataDir, progress, makeTables: true });
    await bundleWorker(distDir());
    const worker = await spawnWorker({ ...stack.env }, `${stack.logDir}/worker.log`);
    const client = sourceClient(stack.stack.clickhouse);
    progress.say("Bench", `making ${ROWS} rows, once`);
    const rows = await ensureRows(client, sourceProjectId, ROWS);
    const actor = await owner(projectId);
    const database = stack.env.DATABASE_URL ?? "";
    for (const it of cases.filter(({ name }) => ONLY?.includes(name) ?? true)) {
      const first = await prepareExport(actor, projectId, stack, it);
      if (first.rows !== rows) throw new Error(`The run has ${first.rows} rows, the source ${rows}.`);
      const rounds = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        if (it.type === "postgres") await startAfresh(database);
        const run = await runAgain(actor, first.id);
        const other =
          it.type === "s3"
            ? await clickhouseExport(client, stack.stack, { sourceProjectId, ...it })
            : await startAfresh(database).then(() => copyPlainly(database, sourceProjectId));
        rounds.push({ penstock: secondsOf(run), other });
      }
      console.log(
        `\n${reportCase(it, { rows, rounds, other: OTHER[it.type] })}\n  ${first.files} files, ${first.bytes} bytes`,
      );
    }
    console.log(`\nworker's peak memory ${peakMemory(worker.pid) ?? "unknown"} MB (aim at most 300)`);
    await client.close();
    await worker.stop();
  } finally {
    await stack.stop();
  }
}

async function owner(projectId: string): Promise<Actor> {
  const { initialize } = await import("@/lib/services/setup/initialize");
  const { ownerOf } = await import("@/lib/services/testing/actor");
  const { organizationId } = await initialize();
  return ownerOf(organizationId, [projectId]);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
