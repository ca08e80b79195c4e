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

/** Backoff before a transaction is retried after a conflict, in ms. */
const WAITS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
/** Stages per statement: BigQuery allows at most 1000 tables in one. */
const AT_ONCE = 200;

/**
 * Commits all files of a run to their tables in one transaction, in replace mode over the window's earlier rows. Throws
 * `StagingLost` if stages don't hold what was measured.
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
 * Runs the transaction as a job with an id made from the run's: one whose answer was lost is found, not repeated. A
 * failed job has changed nothing, but its id is used up.
 */
async function commitOnce(place: CommitTarget, all: Filled[]): Promise<string> {
  const before = await earlierJobs(place);
  if (before.done !== null) return before.done;
  await ensureCommits(place.client);
  // For runs planned by an older version: merged tables have gained columns since.
  for (const { target } of all) if (target.table.mergeBy) await ensureTarget(place.client, place.settings, target);
  try {
    await checkStages(place, all);
  } catch (error) {
    if (!(error instanceof StagingLost)) throw error;
    // Another attempt at this commit, or a later run, may have won: only then are stages dropped.
    const { done } = await earlierJobs(place);
    if (done !== null) return done;
    throw (await isLater(place.client, ownParameters(ownOf(place.run)))) ? superseded() : error;
  }
  return runCommit(place, await scriptOf(place, all), before.attempts);
}

/** The job that has committed, if any, and the number of ids used up. */
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

/** Throws `StagingLost` unless each stage holds all rows of its file. An older version's stage may lack columns. */
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
