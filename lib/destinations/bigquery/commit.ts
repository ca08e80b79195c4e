import { setTimeout as pause } from "node:timers/promises";
import type { CommittedTable } from "@/lib/fields/receipt";
import type { Commit, RunTag } from "../types";
import { superseded } from "../warehouse/fence";
import { type Filled, filledBy, StagingLost } from "../warehouse/filled";
import { appendedRows, mergeOwners } from "../warehouse/merge";
import type { BigqueryClient } from "./client";
import { claimWindow, ensureCommits, isLater, isSuperseded } from "./fence";
import { askOne, finished, getJob, type Job, runQuery } from "./jobs";
import { DIALECT, mergeFrom } from "./merge";
import { isConflict, Refusal } from "./refusal";
import type { BigquerySettings } from "./schema";
import {
  countRun,
  deleteWindow,
  insertFrom,
  inTransaction,
  type Own,
  ownParameters,
  quote,
  type Typed,
  union,
} from "./sql";
import { stageName } from "./stages";
import { getTable } from "./tables";
import { ensureTarget, fullName, targetOf, typedOf } from "./targets";

export interface CommitTarget {
  client: BigqueryClient;
  settings: BigquerySettings;
  run: RunTag;
}

/** Waits before a transaction that another one was in the way of is tried again, in ms. */
const WAITS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
/** Stages that one statement reads: BigQuery lets it name at most 1000 tables. */
const AT_ONCE = 200;

/**
 * Puts all files of a run into their tables in one transaction, in place of what the window held before. Throws `StagingLost` where
 * stages don't hold what was measured.
 */
export async function commitTables(place: CommitTarget, commit: Commit): Promise<CommittedTable[]> {
  const all = filledBy(commit, (table) => targetOf(place.client.config, place.settings, table));
  const job = await commitOnce(place, all);
  const tables: CommittedTable[] = [];
  for (const filled of all) tables.push(await described(place, filled, job));
  return tables;
}

const jobOf = (run: RunTag, attempt: number) => `penstock_${run.id}_commit_${attempt}`;

/**
 * Runs the transaction by a job of the run's own id, so that one whose answer was lost is found again and not done twice. One
 * that failed has changed nothing; its id is used up.
 */
async function commitOnce(place: CommitTarget, all: Filled[]): Promise<string> {
  const before = await earlierJobs(place);
  if (before.done !== null) return before.done;
  await ensureCommits(place.client);
  // For runs that an older version planned: tables that are merged have had columns added since.
  for (const { target } of all) if (target.table.mergeBy) await ensureTarget(place.client, place.settings, target);
  try {
    await checkStages(place, all);
  } catch (error) {
    if (!(error instanceof StagingLost)) throw error;
    // Another try at this commit may have been faster, or a later run: stages go after that only.
    const { done } = await earlierJobs(place);
    if (done !== null) return done;
    throw (await isLater(place.client, ownParameters(ownOf(place.run)))) ? superseded() : error;
  }
  return runCommit(place, await scriptOf(place, all), before.attempts);
}

/** The job that has committed, if there is one, and how many ids are used up. */
async function earlierJobs({ client, run }: CommitTarget): Promise<{ done: string | null; attempts: number }> {
  for (let attempts = 0; ; attempts++) {
    const job = await getJob(client, jobOf(run, attempts));
    if (!job) return { done: null, attempts };
    if (await hasSucceeded(client, job)) return { done: jobOf(run, attempts), attempts };
  }
}

async function runCommit({ client, run }: CommitTarget, sql: string, attempts: number): Promise<string> {
  let attempt = attempts;
  for (const wait of [...WAITS, null]) {
    const id = jobOf(run, attempt++);
    try {
      await runQuery(client, { id, sql, parameters: ownParameters(ownOf(run)) });
      return id;
    } catch (error) {
      if (isSuperseded(error)) throw superseded();
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

async function scriptOf({ client, settings, run }: CommitTarget, all: Filled[]): Promise<string> {
  const { before, within } = claimWindow(client.config);
  const statements = [...within];
  for (const filled of all) {
    const names = filled.files.map(({ key }) => fullName(client.config, stageName(run, key)));
    statements.push(...statementsOf(settings, await typedOf(client, settings, filled.target), names));
  }
  return inTransaction(before, statements);
}

function statementsOf(settings: BigquerySettings, target: Typed, stages: string[]): string[] {
  const { name, table } = target;
  const replaces = settings.commitMode === "replace";
  const statements = replaces && !table.mergeBy ? [deleteWindow(name)] : [];
  for (let at = 0; at < stages.length; at += AT_ONCE) {
    const rows = `(${union(target, stages.slice(at, at + AT_ONCE))})`;
    if (table.mergeBy && replaces)
      statements.push(mergeOwners(DIALECT, { name, rows }, table.mergeBy, settings), mergeFrom(target, rows));
    else statements.push(insertFrom(target, appendedRows(quote, rows, table.mergeBy, settings)));
  }
  return statements;
}

/** Nothing is committed unless each stage holds what its file held. One that an older version made may lack columns. */
async function checkStages({ client, run }: CommitTarget, all: readonly Filled[]): Promise<void> {
  const lost: string[] = [];
  for (const { target, files } of all)
    for (const { key, rows } of files) {
      const there = await getTable(client, stageName(run, key));
      const names = new Set(there?.schema?.fields?.map(({ name }) => name));
      const isWhole = target.table.columns.every(({ name }) => names.has(name));
      if (!isWhole || Number(there?.numRows ?? -1) !== rows) lost.push(key);
    }
  if (lost.length > 0)
    throw new StagingLost(lost, "nobody drops tables that begin with _penstock_; they expire after two days");
}

const ownOf = ({ id, exportId, window, exportedAt, fence }: RunTag): Own => ({
  exportId,
  runId: id,
  ...window,
  exportedAt,
  fence,
});

async function described(
  { client, run }: CommitTarget,
  { target, rows }: Filled,
  job: string,
): Promise<CommittedTable> {
  const { export: exportId, run: runId } = ownParameters(ownOf(run));
  const counted = await askOne(client, { sql: countRun(target.name), parameters: { export: exportId!, run: runId! } });
  return { table: target.bare, rows: Number(counted ?? 0), loaded: rows, rejected: 0, jobs: [job] };
}
