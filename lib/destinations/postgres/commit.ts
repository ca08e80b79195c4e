import type { Client } from "pg";
import type { CommittedTable } from "../../schemas/receipt";
import { type Filled, filledBy, loadMismatch, StagingLost } from "../../warehouse/filled";
import type { Target } from "../../warehouse/target";
import type { Commit, RunTag } from "../types";
import { inTransaction } from "./client";
import { claimWindow, ensureCommits } from "./fence";
import type { PostgresConfig, PostgresSettings } from "./schema";
import {
  countRun,
  deleteRun,
  deleteWindow,
  insertFrom,
  lockName,
  mergeFrom,
  type Own,
  ownValues,
  stagedAs,
} from "./sql";
import { stageName } from "./stages";
import { columnTypes, targetOf } from "./targets";

export interface Place {
  config: PostgresConfig;
  settings: PostgresSettings;
  run: RunTag;
}

/** What to do about a load that took another number of rows. */
const TRIGGERS = "Look for triggers or rules on the table that drop rows; then retry the run.";

/**
 * Puts all files of a run into their tables in one transaction, in place of what the window held before. Throws `StagingLost` where
 * stages don't hold what was measured.
 */
export async function commitTables(client: Client, place: Place, commit: Commit): Promise<CommittedTable[]> {
  const { config, run } = place;
  const all = filledBy(commit, (table) => targetOf(config, place.settings, table));
  await ensureCommits(client, config);
  return inTransaction(client, async () => {
    // A worker that is frozen on its way must not hold up other commits.
    await client.query("SET LOCAL idle_in_transaction_session_timeout = '60s'");
    // Two runs that replace rows of one table take turns.
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

/** A crash of the server empties stages, and merging hides how many rows came: so each is counted. */
async function checkStages(client: Client, { config, run }: Place, all: readonly Filled[]): Promise<void> {
  const staged = all.flatMap(({ files }) =>
    files.map((file) => ({ ...file, stage: stageName(config, run, file.key) })),
  );
  const there = await existing(
    client,
    staged.map(({ stage }) => stage),
  );
  const lost: string[] = [];
  for (const { key, rows, stage } of staged)
    if (!there.has(stage) || (await countAll(client, stage)) !== rows) lost.push(key);
  if (lost.length > 0) throw new StagingLost(lost, "nobody drops tables that begin with _penstock_");
}

async function fill(client: Client, { config, settings, run }: Place, filled: Filled): Promise<number> {
  const { target, files, rows } = filled;
  const own = ownOf(run);
  if (settings.commitMode === "append")
    await client.query(deleteRun(target.name), [own.exportId, own.start, own.runId]);
  else if (!target.table.mergeBy) await client.query(deleteWindow(target.name), [own.exportId, own.start, own.end]);
  const types = await columnTypes(client, config.schema, target.bare);
  let loaded = 0;
  for (const { key } of files)
    loaded += await putIn(client, settings, target, stagedAs(types, stageName(config, run, key), target.table), own);
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
  if (!target.table.mergeBy || settings.commitMode === "append")
    return (await client.query(insertFrom(target.name, staged, target.table), ownValues(own))).rowCount ?? 0;
  const [remove, insert] = mergeFrom(target.name, staged, target.table);
  await client.query(remove);
  return (await client.query(insert, ownValues(own))).rowCount ?? 0;
}

const ownOf = ({ id, exportId, window, exportedAt }: RunTag): Own => ({
  exportId,
  runId: id,
  start: window.start.toISOString(),
  end: window.end.toISOString(),
  exportedAt: exportedAt.toISOString(),
});

async function existing(client: Client, stages: string[]): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL",
    [stages],
  );
  return new Set(rows.map(({ name }) => name));
}

async function countAll(client: Client, stage: string): Promise<number> {
  const { rows } = await client.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${stage}`);
  return rows[0]?.rows ?? 0;
}

async function described(client: Client, { name, bare }: Target, own: Own, loaded: number): Promise<CommittedTable> {
  const { rows } = await client.query<{ rows: number }>(countRun(name), [own.exportId, own.start, own.runId]);
  const { rows: ids } = await client.query<{ id: string }>("SELECT pg_current_xact_id()::text AS id");
  return { table: bare, rows: rows[0]?.rows ?? 0, loaded, rejected: 0, jobs: [`transaction ${ids[0]?.id}`] };
}
