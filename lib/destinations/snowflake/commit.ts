import type { CommittedTable } from "../../schemas/receipt";
import { type Filled, filledBy, loadMismatch, stagingLost } from "../../warehouse/filled";
import type { Target } from "../../warehouse/target";
import type { Commit, RunTag } from "../types";
import type { Session } from "./client";
import { HISTORY, type Loaded, loadStaging } from "./load";
import type { SnowflakeConfig, SnowflakeSettings } from "./schema";
import { bound, countRun, deleteRun, deleteWindow, insertFrom, mergeFrom, type Own, ownValues, quote } from "./sql";
import { fileName, removeOwn, stagedFiles } from "./stage";
import { targetOf } from "./targets";

export interface Place {
  config: SnowflakeConfig;
  settings: SnowflakeSettings;
  run: RunTag;
}

/** Puts all files of a run into their tables in one transaction, in place of what the window held before. */
export async function commitTables(session: Session, place: Place, commit: Commit): Promise<CommittedTable[]> {
  const all = filledBy(commit, (table) => targetOf(place.config, place.settings, table));
  const there = await stagedFiles(session, place.run);
  if (all.some(({ files }) => files.some(({ key }) => !there.has(fileName(key)))))
    return alreadyCommitted(session, place.run, all);
  const loads: Loaded[] = [];
  // Before the transaction: making a table ends one.
  for (const filled of all) loads.push(await loadStaging(session, place.run, filled));
  const jobs = await replaceAll(session, place, all, loads);
  const committed: CommittedTable[] = [];
  for (const [index, { target }] of all.entries()) {
    const { loaded, rejected, queries } = loads[index]!;
    const rows = await counted(session, target, place.run);
    committed.push({ table: target.bare, rows, loaded, rejected, jobs: [...queries, ...(jobs[index] ?? [])] });
  }
  // What is committed is so; files that stay behind go with the next run of the window, or when they are old.
  await removeOwn(session, place.run).catch(() => {});
  return committed;
}

async function replaceAll(session: Session, place: Place, all: Filled[], loads: Loaded[]): Promise<string[][]> {
  await session.query("BEGIN TRANSACTION");
  try {
    const jobs: string[][] = [];
    for (const [index, filled] of all.entries())
      jobs.push(await replaceIn(session, place, filled, loads[index]?.staging ?? null));
    await session.query("COMMIT");
    return jobs;
  } catch (error) {
    await session.query("ROLLBACK").catch(() => {});
    throw error;
  }
}

async function replaceIn(session: Session, { settings, run }: Place, filled: Filled, staging: string | null) {
  const { name, table } = filled.target;
  const own = ownOf(run);
  const merges = table.mergeBy !== null && settings.commitMode === "replace";
  const done: string[] = [];
  const ask = async (sql: string, binds: string[]) => {
    const answer = await session.query(sql, binds);
    done.push(answer.queryId);
    return answer;
  };
  if (merges) {
    if (staging) await ask(mergeFrom(name, quote(staging), table), ownValues(own));
    return done;
  }
  if (settings.commitMode === "replace") await ask(deleteWindow(name), [own.exportId, own.start, own.end]);
  else await ask(deleteRun(name), [own.exportId, own.runId]);
  if (!staging) return done;
  const { rows } = await ask(insertFrom(name, quote(staging), table), ownValues(own));
  const inserted = Number(Object.values(rows[0] ?? {})[0]);
  if (inserted !== filled.rows) throw loadMismatch("Snowflake", filled.target, inserted, filled.rows, HISTORY);
  return done;
}

const ownOf = ({ id, exportId, window, exportedAt }: RunTag): Own => ({
  exportId,
  runId: id,
  start: bound(window.start),
  end: bound(window.end),
  exportedAt: bound(exportedAt),
});

async function counted(session: Session, { name }: Target, run: RunTag): Promise<number> {
  const { rows } = await session.query(countRun(name), [run.exportId, run.id]);
  return Number(rows[0]?.ROWS ?? 0);
}

/** Files go after the commit only: where some are gone, a commit whose answer was lost has put their rows there. */
async function alreadyCommitted(session: Session, run: RunTag, all: Filled[]): Promise<CommittedTable[]> {
  const committed: CommittedTable[] = [];
  for (const { target, rows: expected } of all) {
    const rows = await counted(session, target, run);
    // Of rows that are merged, newer ones may have taken the place of all but some.
    const isWhole = target.table.mergeBy ? rows > 0 || expected === 0 : rows === expected;
    if (!isWhole) throw stagingLost(target, "nobody else removes files from the stage PENSTOCK_STAGE");
    committed.push({ table: target.bare, rows, loaded: expected, rejected: 0, jobs: [] });
  }
  await removeOwn(session, run).catch(() => {});
  return committed;
}
