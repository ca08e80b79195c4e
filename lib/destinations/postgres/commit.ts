import type { Client } from "pg";
import type { CommittedTable } from "@/lib/fields/receipt";
import { ExportError } from "../../errors";
import type { Commit, RunTag } from "../types";
import { type Filled, filledBy, loadMismatch, StagingLost } from "../warehouse/filled";
import { appendedRows } from "../warehouse/merge";
import { ofRow } from "../warehouse/row-refused";
import type { Target } from "../warehouse/target";
import { inTransaction } from "./client";
import { explained } from "./errors";
import { claimWindow, ensureCommits } from "./fence";
import { findRefused, isOfARow, type Refused, RowsRefused } from "./find-refused";
import { type MergeStatements, mergeFrom } from "./merge";
import type { PostgresConfig, PostgresSettings } from "./schema";
import { countRun, deleteRun, deleteWindow, insertFrom, lockName, type Own, ownValues, quote, stagedAs } from "./sql";
import { stageName } from "./stages";
import { columnTypes, ensureTarget, targetOf } from "./targets";

export interface CommitTarget {
  config: PostgresConfig;
  settings: PostgresSettings;
  run: RunTag;
}

/** The fix if a load took a different number of rows. */
const TRIGGERS = "Look for triggers or rules on the table that drop rows; then retry the run.";

/**
 * Commits all files of a run to their tables in one transaction, in replace mode over the window's earlier rows. Throws
 * `StagingLost` if stages don't hold what was measured.
 */
export async function commitTables(client: Client, place: CommitTarget, commit: Commit): Promise<CommittedTable[]> {
  try {
    return await commitAll(client, place, commit);
  } catch (error) {
    throw error instanceof RowsRefused ? await named(client, place.config, error.refused) : error;
  }
}

/** The failure of a commit, naming the refused row if it can be found. */
async function named(client: Client, config: PostgresConfig, refused: Refused): Promise<ExportError> {
  const { error, target } = refused;
  const row = await findRefused(client, refused);
  const failure = explained(error, config, { table: target.bare, column: row?.column ?? null });
  return new ExportError(row?.id ? ofRow(failure, row.id.name, row.id.value) : failure, { cause: error });
}

async function commitAll(client: Client, place: CommitTarget, commit: Commit): Promise<CommittedTable[]> {
  const { config, run } = place;
  const all = filledBy(commit, (table) => targetOf(config, place.settings, table));
  await ensureCommits(client, config);
  // For runs planned by an older version: merged tables have gained columns since.
  for (const { target } of all) if (target.table.mergeBy) await ensureTarget(client, target, place.settings);
  return inTransaction(client, async () => {
    // Runs that replace rows of one table take turns.
    for (const { target } of all) await client.query(lockName, [target.name]);
    const isFirst = await claimWindow(client, config, run);
    if (isFirst) await checkStages(client, place, all);
    const committed: CommittedTable[] = [];
    for (const filled of all) {
      const loaded = isFirst ? await fill(client, place, filled) : filled.rows;
      for (const { key } of filled.files) await client.query(`DROP TABLE IF EXISTS ${stageName(config, run, key)}`);
      committed.push(await described(client, filled.target, ownOf(run), loaded));
    }
    return committed;
  });
}

/**
 * Counts each stage's rows: a server crash empties stages, and merging hides how many rows came. An older version's
 * stage may lack columns.
 */
async function checkStages(client: Client, { config, run }: CommitTarget, all: readonly Filled[]): Promise<void> {
  const lost: string[] = [];
  for (const { target, files } of all)
    for (const { key, rows } of files) {
      const stage = stageName(config, run, key);
      const there = await columnTypes(client, stage);
      const isWhole = target.table.columns.every(({ name }) => there.has(name));
      if (!isWhole || (await countAll(client, stage)) !== rows) lost.push(key);
    }
  if (lost.length > 0) throw new StagingLost(lost, "nothing drops tables that start with _penstock_");
}

async function fill(client: Client, { config, settings, run }: CommitTarget, filled: Filled): Promise<number> {
  const { target, files, rows } = filled;
  const own = ownOf(run);
  if (settings.commitMode === "append")
    await client.query(deleteRun(target.name), [own.exportId, own.start, own.runId]);
  else if (!target.table.mergeBy) await client.query(deleteWindow(target.name), [own.exportId, own.start, own.end]);
  const types = await columnTypes(client, target.name);
  let loaded = 0;
  for (const { key } of files) {
    const stage = stageName(config, run, key);
    const put = putIn(client, settings, target, stagedAs(types, stage, target.table), own);
    loaded += await put.catch((error) => {
      throw isOfARow(error) ? new RowsRefused({ error, target, stage, types, own }) : error;
    });
  }
  if (!target.table.mergeBy && loaded !== rows) throw loadMismatch("PostgreSQL", target, loaded, rows, TRIGGERS);
  return loaded;
}

async function putIn(
  client: Client,
  settings: PostgresSettings,
  target: Target,
  staged: string,
  own: Own,
): Promise<number> {
  const { clear, insert } = statementsFor(settings, target, staged);
  for (const statement of clear) await client.query(statement);
  return (await client.query(insert, ownValues(own))).rowCount ?? 0;
}

function statementsFor(settings: PostgresSettings, { name, table }: Target, staged: string): MergeStatements {
  if (table.mergeBy && settings.commitMode === "replace") return mergeFrom(name, staged, table, settings);
  return { clear: [], insert: insertFrom(name, appendedRows(quote, staged, table.mergeBy, settings), table) };
}

const ownOf = ({ id, exportId, window, exportedAt }: RunTag): Own => ({
  exportId,
  runId: id,
  start: window.start.toISOString(),
  end: window.end.toISOString(),
  exportedAt: exportedAt.toISOString(),
});

async function countAll(client: Client, stage: string): Promise<number> {
  const { rows } = await client.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${stage}`);
  return rows[0]?.rows ?? 0;
}

async function described(client: Client, { name, bare }: Target, own: Own, loaded: number): Promise<CommittedTable> {
  const { rows } = await client.query<{ rows: number }>(countRun(name), [own.exportId, own.start, own.runId]);
  const { rows: ids } = await client.query<{ id: string }>("SELECT pg_current_xact_id()::text AS id");
  return { table: bare, rows: rows[0]?.rows ?? 0, loaded, rejected: 0, jobs: [`transaction ${ids[0]?.id}`] };
}
