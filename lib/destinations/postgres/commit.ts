import type { Client } from "pg";
import type { CommittedTable } from "../../schemas/receipt";
import { type Filled, filledBy, loadMismatch, stagingLost } from "../../warehouse/filled";
import type { Target } from "../../warehouse/target";
import type { Commit, RunTag } from "../types";
import { inTransaction } from "./client";
import type { PostgresConfig, PostgresSettings } from "./schema";
import { countRun, deleteWindow, insertFrom, mergeFrom, type Own, ownValues, stagedAs } from "./sql";
import { stageName } from "./stages";
import { columnTypes, targetOf } from "./targets";

export interface Place {
  config: PostgresConfig;
  settings: PostgresSettings;
  run: RunTag;
}

/** What to do about a load that took another number of rows. */
const TRIGGERS = "Look for triggers or rules on the table that drop rows; then retry the run.";

/** Puts all files of a run into their tables in one transaction, in place of what the window held before. */
export async function commitTables(client: Client, place: Place, commit: Commit): Promise<CommittedTable[]> {
  const all = filledBy(commit, (table) => targetOf(place.config, place.settings, table));
  return inTransaction(client, async () => {
    // Two runs that replace rows of one table take turns.
    for (const { target } of all)
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [target.name]);
    const committed: CommittedTable[] = [];
    for (const filled of all) committed.push(await commitTable(client, place, filled));
    return committed;
  });
}

async function commitTable(client: Client, { config, settings, run }: Place, filled: Filled): Promise<CommittedTable> {
  const { target, files, rows } = filled;
  const stages = files.map(({ key }) => stageName(config, run, key));
  const own = ownOf(run);
  const there = await existing(client, stages);
  if (there.length < stages.length) return alreadyCommitted(client, filled, own, there.length);
  if (settings.commitMode === "replace" && !target.table.mergeBy)
    await client.query(deleteWindow(target.name), [own.exportId, own.start, own.end]);
  const types = await columnTypes(client, config.schema, target.bare);
  let loaded = 0;
  for (const stage of stages)
    loaded += await putIn(client, settings, target, stagedAs(types, stage, target.table), own);
  if (!target.table.mergeBy && loaded !== rows) throw loadMismatch("PostgreSQL", target, loaded, rows, TRIGGERS);
  for (const stage of stages) await client.query(`DROP TABLE ${stage}`);
  return described(client, target, own, loaded);
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

async function existing(client: Client, stages: string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL",
    [stages],
  );
  return rows.map(({ name }) => name);
}

/** A commit whose answer was lost has taken the stages with it: then the rows are there. */
async function alreadyCommitted(
  client: Client,
  { target, rows }: Filled,
  own: Own,
  left: number,
): Promise<CommittedTable> {
  const found = await described(client, target, own, rows);
  const isWhole = left === 0 && (target.table.mergeBy ? true : found.rows === rows);
  if (!isWhole) throw stagingLost(target, "nobody drops tables that begin with _penstock_");
  return found;
}

async function described(client: Client, { name, bare }: Target, own: Own, loaded: number): Promise<CommittedTable> {
  const { rows } = await client.query<{ rows: number }>(countRun(name), [own.exportId, own.start, own.runId]);
  const { rows: ids } = await client.query<{ id: string }>("SELECT pg_current_xact_id()::text AS id");
  return { table: bare, rows: rows[0]?.rows ?? 0, loaded, rejected: 0, jobs: [`transaction ${ids[0]?.id}`] };
}
