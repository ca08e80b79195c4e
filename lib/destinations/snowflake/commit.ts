import type { CommittedTable } from "@/lib/fields/receipt";
import type { Commit, Committed, RunTag } from "../types";
import { type Filled, filledBy, loadMismatch, StagingLost } from "../warehouse/filled";
import { appendedRows, mergeOwners } from "../warehouse/merge";
import type { Session } from "./client";
import { claimWindow, isCommitted, openWindow } from "./fence";
import { HISTORY, type Loaded, loadStaging, UNTOUCHED } from "./load";
import { dialectOf, mergeFrom } from "./merge";
import { quote } from "./names";
import type { SnowflakeConfig, SnowflakeSettings } from "./schema";
import {
  bound,
  countRun,
  deleteRun,
  deleteWindow,
  insertFrom,
  type Own,
  ownValues,
  rowsOf,
  type SnowflakeTarget,
} from "./sql";
import { fileName, removeOwn, stagedFiles } from "./stage";
import { ensureTarget, targetOf } from "./targets";

type Fill = Filled<SnowflakeTarget>;

export interface CommitTarget {
  config: SnowflakeConfig;
  settings: SnowflakeSettings;
  run: RunTag;
}

/**
 * Commits all files of a run to their tables in one transaction, in replace mode over the window's earlier rows. Throws
 * `StagingLost` if stages don't hold what was measured.
 */
export async function commitTables(session: Session, place: CommitTarget, commit: Commit): Promise<Committed> {
  const { config, run } = place;
  const all = filledBy(commit, (table) => targetOf(config, place.settings, table));
  await openWindow(session, config, run);
  const done = (await isCommitted(session, config, run)) ? null : await loadAndReplace(session, place, all);
  const tables: CommittedTable[] = [];
  for (const [index, { target, rows: expected }] of all.entries()) {
    const rows = await counted(session, target, run);
    const { loaded, rejected, jobs } = done?.[index] ?? { loaded: expected, rejected: 0, jobs: [] };
    tables.push({ table: target.bare, rows, loaded, rejected, jobs });
  }
  // The commit is final; a later run of the organization removes leftover files.
  await removeOwn(session, run).catch(() => {});
  return { manifest: null, tables, replacements: done ? done.flatMap(({ unparsed }) => unparsed) : null };
}

type Done = Pick<CommittedTable, "loaded" | "rejected" | "jobs"> & Pick<Loaded, "unparsed">;

/** Null if another attempt at this commit was faster. */
async function loadAndReplace(session: Session, place: CommitTarget, all: Fill[]): Promise<Done[] | null> {
  const { config, run } = place;
  const loads: Loaded[] = [];
  try {
    await checkStaged(session, run, all);
    // Before the transaction, because creating or altering a table ends one. A run planned by an older version may find
    // a merged table that lacks columns added since.
    for (const { target } of all) if (target.table.mergeBy) await ensureTarget(session, config, target);
    for (const filled of all) loads.push(await loadStaging(session, run, filled));
  } catch (error) {
    // Files are removed only after a commit.
    if (error instanceof StagingLost && (await isCommitted(session, config, run))) return null;
    throw error;
  }
  const jobs = await replaceAll(session, place, all, loads);
  return (
    jobs &&
    loads.map(({ loaded, rejected, queries, unparsed }, index) => ({
      loaded,
      rejected,
      unparsed,
      jobs: [...queries, ...(jobs[index] ?? [])],
    }))
  );
}

async function checkStaged(session: Session, run: RunTag, all: readonly Filled[]): Promise<void> {
  const there = await stagedFiles(session, run);
  const lost = all.flatMap(({ files }) => files.map(({ key }) => key)).filter((key) => !there.has(fileName(key)));
  if (lost.length > 0) throw new StagingLost(lost, UNTOUCHED);
}

async function replaceAll(
  session: Session,
  place: CommitTarget,
  all: Fill[],
  loads: Loaded[],
): Promise<string[][] | null> {
  await session.query("BEGIN TRANSACTION");
  try {
    const isFirst = await claimWindow(session, place.config, place.run);
    const jobs: string[][] = [];
    for (const [index, filled] of isFirst ? all.entries() : [])
      jobs.push(await replaceIn(session, place, filled, loads[index]?.staging ?? null));
    await session.query(isFirst ? "COMMIT" : "ROLLBACK");
    return isFirst ? jobs : null;
  } catch (error) {
    await session.query("ROLLBACK").catch(() => {});
    throw error;
  }
}

async function replaceIn(session: Session, { settings, run }: CommitTarget, filled: Fill, staging: string | null) {
  const { target } = filled;
  const { name, table, naming } = target;
  const own = ownOf(run);
  const done: string[] = [];
  const ask = async (sql: string, binds: string[]) => {
    const answer = await session.query(sql, binds);
    done.push(answer.queryId);
    return answer;
  };
  const there = staging && rowsOf(quote(staging), target);
  if (table.mergeBy && settings.commitMode === "replace") {
    if (!there) return done;
    await ask(mergeOwners(dialectOf(target), { name, rows: there }, table.mergeBy, settings), []);
    await ask(mergeFrom(target, there), ownValues(own));
    return done;
  }
  if (settings.commitMode === "replace") await ask(deleteWindow(target), [own.exportId, own.start, own.end]);
  else await ask(deleteRun(target), [own.exportId, own.runId]);
  if (!there) return done;
  const from = appendedRows(naming.quote, there, table.mergeBy, settings);
  const { rows } = await ask(insertFrom(target, from), ownValues(own));
  const inserted = Number(Object.values(rows[0] ?? {})[0]);
  if (!table.mergeBy && inserted !== filled.rows)
    throw loadMismatch("Snowflake", filled.target, inserted, filled.rows, HISTORY);
  return done;
}

const ownOf = ({ id, exportId, window, exportedAt }: RunTag): Own => ({
  exportId,
  runId: id,
  start: bound(window.start),
  end: bound(window.end),
  exportedAt: bound(exportedAt),
});

async function counted(session: Session, target: SnowflakeTarget, run: RunTag): Promise<number> {
  const { rows } = await session.query(countRun(target), [run.exportId, run.id]);
  return Number(rows[0]?.ROWS ?? 0);
}
