import { setTimeout as pause } from "node:timers/promises";
import { ExportError } from "../../errors";
import type { CommittedTable } from "../../schemas/receipt";
import type { Commit, RunTag } from "../types";
import type { BigqueryClient } from "./client";
import { askOne, finished, getJob, type Job, runQuery } from "./jobs";
import { isConflict, Refusal } from "./refusal";
import type { BigquerySettings } from "./schema";
import {
  countRun,
  deleteWindow,
  type Filled,
  insertFrom,
  inTransaction,
  mergeFrom,
  type Own,
  ownParameters,
} from "./sql";
import { stageName } from "./stages";
import { getTable } from "./tables";
import { filledOf, fullName, type Target, targetOf } from "./targets";

export interface Place {
  client: BigqueryClient;
  settings: BigquerySettings;
  run: RunTag;
}

interface Staged {
  target: Target;
  stages: string[];
  /** Rows that the files are known to hold. */
  rows: number;
}

/** Waits before a transaction that another one was in the way of is tried again, in ms. */
const WAITS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
/** Stages that one statement reads: BigQuery lets it name at most 1000 tables. */
const AT_ONCE = 200;

/** Puts all files of a run into their tables in one transaction, in place of what the window held before. */
export async function commitTables(place: Place, commit: Commit): Promise<CommittedTable[]> {
  const all = commit.tables.map((table) => stagedOf(place, commit, table));
  const job = await commitOnce(place, all);
  const tables: CommittedTable[] = [];
  for (const staged of all) tables.push(await described(place, staged, job));
  return tables;
}

function stagedOf({ client, settings, run }: Place, { files }: Commit, table: string): Staged {
  const its = files.filter((file) => file.table === table);
  return {
    target: targetOf(client.config, settings, table),
    stages: its.map(({ key }) => stageName(run, key)),
    rows: its.reduce((sum, { rows }) => sum + rows, 0),
  };
}

/**
 * Runs the transaction by a job of the run's own id, so that one whose answer was lost is found again and not done twice. One
 * that failed has changed nothing; its id is used up.
 */
async function commitOnce(place: Place, all: Staged[]): Promise<string> {
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

async function scriptOf({ client, settings }: Place, all: Staged[]): Promise<string> {
  const statements: string[] = [];
  for (const staged of all) {
    await checkStages(client, staged);
    statements.push(
      ...statementsOf(settings, await filledOf(client, settings, staged.target), fullStages(client, staged)),
    );
  }
  return inTransaction(statements);
}

const fullStages = ({ config }: BigqueryClient, { stages }: Staged) => stages.map((stage) => fullName(config, stage));

function statementsOf({ commitMode }: BigquerySettings, filled: Filled, stages: string[]): string[] {
  const merges = filled.table.mergeBy !== null && commitMode === "replace";
  const statements = commitMode === "replace" && !merges ? [deleteWindow(filled.name)] : [];
  for (let at = 0; at < stages.length; at += AT_ONCE)
    statements.push((merges ? mergeFrom : insertFrom)(filled, stages.slice(at, at + AT_ONCE)));
  return statements;
}

/** Nothing is committed unless the stages hold what the files held. */
async function checkStages(client: BigqueryClient, { target, stages, rows }: Staged): Promise<void> {
  let loaded = 0;
  for (const stage of stages) {
    const there = await getTable(client, stage);
    if (!there) throw lost(target);
    loaded += Number(there.numRows ?? 0);
  }
  if (loaded !== rows) throw mismatch(target, loaded, rows);
}

const ownOf = ({ id, exportId, window, exportedAt }: RunTag): Own => ({ exportId, runId: id, ...window, exportedAt });

async function described({ client, run }: Place, { target, rows }: Staged, job: string): Promise<CommittedTable> {
  const { export: exportId, run: runId } = ownParameters(ownOf(run));
  const counted = await askOne(client, { sql: countRun(target.name), parameters: { export: exportId!, run: runId! } });
  return { table: target.bare, rows: Number(counted ?? 0), loaded: rows, rejected: 0, jobs: [job] };
}

const lost = ({ bare }: Target) =>
  new ExportError({
    code: "staging_lost",
    message: `Files of this run that were staged for ${bare} are gone.`,
    fix: "Retry the run. Staged tables expire after two days; check that nobody drops tables that begin with _penstock_.",
    retryable: false,
  });

const mismatch = ({ bare }: Target, loaded: number, rows: number) =>
  new ExportError({
    code: "load_mismatch",
    message: `BigQuery loaded ${loaded} rows for ${bare} where the files hold ${rows}.`,
    fix: "Retry the run; if that ends the same, look at the load jobs that begin with penstock_ in the project's history.",
    retryable: false,
  });
