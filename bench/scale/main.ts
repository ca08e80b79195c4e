import { resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { Actor } from "@/lib/services/access/actor";
import { initialize } from "@/lib/services/setup/initialize";
import { makeProgress } from "@/server/process/progress";
import { ownerOf } from "@/testing/api/actor";
import { explainAnalyzed, recordStatements } from "@/testing/database/statements";
import { prepare } from "../../local/run/prepare";
import { startStack } from "../../local/stack";
import { machine } from "../results";
import { analyze, fillLedger } from "./ledger";
import { type Asked, reportOf, writeReport } from "./report";
import { listRequests } from "./requests";
import { sizeFrom } from "./size";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 20);

/** Times a request repeatedly, then explains its statements once. */
async function measure(name: string, ask: () => Promise<unknown>): Promise<Asked> {
  const answer = await ask();
  const ms: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    await ask();
    ms.push(performance.now() - startedAt);
  }
  const statements = await recordStatements(ask);
  const plans: Asked["plans"] = [];
  for (const statement of statements) plans.push({ statement: statement.text, plan: await explainAnalyzed(statement) });
  return { name, ms, bytes: JSON.stringify(answer).length, plans };
}

/** Whether an earlier bench left a ledger of this size to reuse. Throws if it left another size. */
async function isFilled(size: { exports: number; runs: number }): Promise<boolean> {
  const { rows } = await getDb().execute<{ exports: number; runs: number }>(
    sql`select (select count(*)::int from exports) as exports, (select count(*)::int from runs) as runs`,
  );
  const { exports, runs } = rows[0]!;
  if (exports === 0) return false;
  if (exports === size.exports && Math.abs(runs / size.runs - 1) < 0.1) return true;
  throw new Error(`This ledger has ${exports} exports and ${runs} runs: remove its folder under .data/bench first.`);
}

async function owner(): Promise<Actor> {
  const { organizationId, projectId } = await initialize();
  return ownerOf(organizationId, [projectId]);
}

async function main(): Promise<void> {
  // Filling a ledger takes minutes.
  process.env.DATABASE_TIMEOUT_SECONDS = "3600";
  const on = machine();
  const size = sizeFrom(process.env);
  const dataDir = resolve(`.data/bench/scale-${size.exports}-${size.runs}`);
  const progress = makeProgress();
  const say = (text: string) => progress.say("Bench", text);
  const stack = await startStack({ dataDir, ports: "free", progress });
  try {
    await prepare({ stack, dataDir, progress, makeTables: true });
    if (!(await isFilled(size))) await fillLedger(size, say);
    say("analyzing");
    await analyze();
    const asked: Asked[] = [];
    for (const [name, ask] of Object.entries(await listRequests(await owner()))) asked.push(await measure(name, ask));
    console.log(`\n${reportOf(asked, size, ROUNDS)}`);
    console.log(`Written, with every plan, to ${writeReport(on, size, asked)}`);
  } finally {
    await stack.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
