import { setTimeout as pause } from "node:timers/promises";
import type { CommittedTable } from "@/lib/fields/receipt";
import type { Commit, RunTag } from "../types";
import { superseded } from "../warehouse/fence";
import { type Filled, filledBy, StagingLost } from "../warehouse/filled";
import { appendedRows } from "../warehouse/merge";
import type { BigqueryClient } from "./client";
import { expired, isExpired, refuseExpired } from "./expiry";
import { claimWindow, ensureCommits, ifCommitted, isLater, isSuperseded } from "./fence";
import { finished, getJob, type Job, runQuery } from "./jobs";
import { mergeAll } from "./merge";
import { isConflict, Refusal } from "./refusal";
import type { BigquerySettings } from "./schema";
import {
  deleteWindow,
  insertFrom,
  inTransaction,
  type Own,
  ownParameters,
  quote,
  type Typed,
  union,
  usedBy,
} from "./sql";
import { stageName } from "./stages";
import { getTable } from "./tables";
import { ensureTarget, fullName, targetOf, typedOf } from "./targets";
import { AT_ONCE, childrenOf, rowsWritten } from "./written";

export interface CommitTarget {
  client: BigqueryClient;
  settings: BigquerySettings;
  run: RunTag;
}

/** Backoff before a transaction is retried after a conflict, in ms. */
const WAITS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/**
 * Commits all files of a run to their tables in one transaction, in replace mode over the window's earlier rows. Throws
 * `StagingLost` if stages don't hold what was measured.
 */
export async function commitTables(place: CommitTarget, commit: Commit): Promise<CommittedTable[]> {
  const all = filledBy(commit, (table) => targetOf(place.client.config, place.settings, table));
  const job = await commitOnce(place, all, commit.isFirst ?? false);
  const children = await childrenOf(place.client, job);
  const tables: CommittedTable[] = [];
  for (const filled of all) {
    const rows = await rowsWritten(place.client, children, filled, ownParameters(ownOf(place.run)));
    tables.push({ table: filled.target.bare, rows, loaded: filled.rows, rejected: 0, jobs: [job] });
  }
  return tables;
}

const jobOf = (run: RunTag, attempt: number) => `penstock_${run.id}_commit_${attempt}`;

/**
 * Runs the transaction as a job with an id made from the run's: one whose answer was lost is found, not repeated. A
 * failed job has changed nothing, but its id is used up.
 */
async function commitOnce(place: CommitTarget, all: Filled[], isFirst: boolean): Promise<string> {
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
  try {
    return await runCommit(place, await scriptOf(place, all, isFirst), before.attempts);
  } catch (error) {
    if (!isExpired(error)) throw error;
    const tables = all.map(async ({ target: { bare, name } }) => ({
      name,
      there: (await getTable(place.client, bare)) ?? {},
    }));
    throw expired(await Promise.all(tables));
  }
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
      await runQuery(client, { id, sql, parameters: usedBy(sql, ownParameters(ownOf(run))) });
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

/**
 * A window's first run deletes nothing: even a DELETE that finds no row is billed for what it reads. The ledger may have
 * forgotten a run, as after its restore from a backup, but the table of commits hasn't: it is asked before the run
 * claims the window.
 */
async function scriptOf({ client, settings, run }: CommitTarget, all: Filled[], isFirst: boolean): Promise<string> {
  const { before, within } = claimWindow(client.config);
  const refusals: string[] = [];
  const deletes: string[] = [];
  const writes: string[] = [];
  for (const filled of all) {
    const names = filled.files.map(({ key }) => fullName(client.config, stageName(run, key)));
    const there = (await getTable(client, filled.target.bare)) ?? {};
    const target = typedOf(settings, filled.target, there);
    if (settings.commitMode === "replace" && !target.table.mergeBy) deletes.push(deleteWindow(target));
    refusals.push(...refuseExpired(target, there, names));
    writes.push(...writesOf(settings, target, names));
  }
  const replaced = isFirst && deletes.length > 0 ? [ifCommitted(client.config, deletes)] : deletes;
  return inTransaction(before, [...refusals, ...replaced, ...within, ...writes]);
}

function writesOf(settings: BigquerySettings, target: Typed, stages: string[]): string[] {
  const { table } = target;
  const statements: string[] = [];
  for (let at = 0; at < stages.length; at += AT_ONCE) {
    const rows = `(${union(target, stages.slice(at, at + AT_ONCE))})`;
    if (table.mergeBy && settings.commitMode === "replace") statements.push(...mergeAll(target, rows, settings));
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
    throw new StagingLost(lost, "nothing drops tables that start with _penstock_; they expire after two days");
}

const ownOf = ({ id, exportId, window, exportedAt, fence, sourceProjectId }: RunTag): Own => ({
  exportId,
  runId: id,
  ...window,
  exportedAt,
  fence,
  team: sourceProjectId,
});
