import { setTimeout as pause } from "node:timers/promises";
import type { CommittedTable } from "../../schemas/receipt";
import { type Filled, filledBy, loadMismatch, stagingLost } from "../../warehouse/filled";
import type { Commit, RunTag } from "../types";
import type { BigqueryClient } from "./client";
import { askOne, finished, getJob, type Job, runQuery } from "./jobs";
import { isConflict, Refusal } from "./refusal";
import type { BigquerySettings } from "./schema";
import {
  countRun,
  deleteWindow,
  insertFrom,
  inTransaction,
  mergeFrom,
  type Own,
  ownParameters,
  type Typed,
} from "./sql";
import { stageName } from "./stages";
import { getTable } from "./tables";
import { fullName, targetOf, typedOf } from "./targets";

export interface Place {
  client: BigqueryClient;
  settings: BigquerySettings;
  run: RunTag;
}

/** Waits before a transaction that another one was in the way of is tried again, in ms. */
const WAITS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
/** Stages that one statement reads: BigQuery lets it name at most 1000 tables. */
const AT_ONCE = 200;
/** What to do about a load that took another number of rows. */
const HISTORY =
  "Retry the run; if that ends the same, look at the load jobs that begin with penstock_ in the project's history.";

/** Puts all files of a run into their tables in one transaction, in place of what the window held before. */
export async function commitTables(place: Place, commit: Commit): Promise<CommittedTable[]> {
  const all = filledBy(commit, (table) => targetOf(place.client.config, place.settings, table));
  const job = await commitOnce(place, all);
  const tables: CommittedTable[] = [];
  for (const filled of all) tables.push(await described(place, filled, job));
  return tables;
}

/**
 * Runs the transaction by a job of the run's own id, so that one whose answer was lost is found again and not done twice. One
 * that failed has changed nothing; its id is used up.
 */
async function commitOnce(place: Place, all: Filled[]): Promise<string> {
  const { client, run } = place;
  const idOf = (attempt: number) => `penstock_${run.id}_commit_${attempt}`;
  let attempt = 0;
  for (let before = await getJob(client, idOf(0)); before; before = await getJob(client, idOf(++attempt)))
    if (await hasSucceeded(client, before)) return idOf(attempt);
  const sql = await scriptOf(place, all);
  for (const wait of [...WAITS, null]) {
    const id = idOf(attempt++);
    try {
      await runQuery(client, { id, sql, parameters: ownParameters(ownOf(run)) });
      return id;
    } catch (error) {
      if (wait === null || !isConflict(error)) throw error;
      await pause(wait * (0.5 + Math.random()));
    }
  }
  throw new Error("The last wait is none.");
}

async function hasSucceeded(client: BigqueryClient, job: Job): Promise<boolean> {
  try {
    await finished(client, job);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.status === 0) return false;
    throw error;
  }
}

async function scriptOf({ client, settings, run }: Place, all: Filled[]): Promise<string> {
  const statements: string[] = [];
  for (const filled of all) {
    const stages = filled.files.map(({ key }) => stageName(run, key));
    await checkStages(client, filled, stages);
    const names = stages.map((stage) => fullName(client.config, stage));
    statements.push(...statementsOf(settings, await typedOf(client, settings, filled.target), names));
  }
  return inTransaction(statements);
}

function statementsOf({ commitMode }: BigquerySettings, target: Typed, stages: string[]): string[] {
  const merges = target.table.mergeBy !== null && commitMode === "replace";
  const statements = commitMode === "replace" && !merges ? [deleteWindow(target.name)] : [];
  for (let at = 0; at < stages.length; at += AT_ONCE)
    statements.push((merges ? mergeFrom : insertFrom)(target, stages.slice(at, at + AT_ONCE)));
  return statements;
}

/** Nothing is committed unless the stages hold what the files held. */
async function checkStages(client: BigqueryClient, { target, rows }: Filled, stages: string[]): Promise<void> {
  let loaded = 0;
  for (const stage of stages) {
    const there = await getTable(client, stage);
    if (!there) throw stagingLost(target, "nobody drops tables that begin with _penstock_; they expire after two days");
    loaded += Number(there.numRows ?? 0);
  }
  if (loaded !== rows) throw loadMismatch("BigQuery", target, loaded, rows, HISTORY);
}

const ownOf = ({ id, exportId, window, exportedAt }: RunTag): Own => ({ exportId, runId: id, ...window, exportedAt });

async function described({ client, run }: Place, { target, rows }: Filled, job: string): Promise<CommittedTable> {
  const { export: exportId, run: runId } = ownParameters(ownOf(run));
  const counted = await askOne(client, { sql: countRun(target.name), parameters: { export: exportId!, run: runId! } });
  return { table: target.bare, rows: Number(counted ?? 0), loaded: rows, rejected: 0, jobs: [job] };
}
