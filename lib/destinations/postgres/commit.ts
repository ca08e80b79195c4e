import type { Client } from "pg";
import { ExportError } from "../../errors";
import type { CommittedTable } from "../../schemas/receipt";
import type { Commit, RunTag } from "../types";
import { inTransaction } from "./client";
import type { PostgresConfig, PostgresSettings } from "./schema";
import { countRun, deleteWindow, insertFrom, mergeFrom, type Own, ownValues } from "./sql";
import { stageName } from "./stages";
import { type Target, targetOf } from "./targets";

export interface Place {
  config: PostgresConfig;
  settings: PostgresSettings;
  run: RunTag;
}

interface Staged {
  target: Target;
  stages: string[];
  /** Rows that the files are known to hold. */
  rows: number;
}

/** Puts all files of a run into their tables in one transaction, in place of what the window held before. */
export async function commitTables(client: Client, place: Place, commit: Commit): Promise<CommittedTable[]> {
  const all = commit.tables.map((table) => stagedOf(place, commit, table));
  return inTransaction(client, async () => {
    // Two runs that replace rows of one table take turns.
    for (const { target } of all)
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [target.name]);
    const committed: CommittedTable[] = [];
    for (const staged of all) committed.push(await commitTable(client, place, staged));
    return committed;
  });
}

function stagedOf({ config, settings, run }: Place, { files }: Commit, table: string): Staged {
  const its = files.filter((file) => file.table === table);
  return {
    target: targetOf(config, settings, table),
    stages: its.map(({ key }) => stageName(config, run, key)),
    rows: its.reduce((sum, { rows }) => sum + rows, 0),
  };
}

async function commitTable(client: Client, { settings, run }: Place, staged: Staged): Promise<CommittedTable> {
  const { target, stages, rows } = staged;
  const own = ownOf(run);
  const there = await existing(client, stages);
  if (there.length < stages.length) return alreadyCommitted(client, staged, own, there.length);
  if (settings.commitMode === "replace" && !target.table.mergeBy)
    await client.query(deleteWindow(target.name), [own.exportId, own.start, own.end]);
  let loaded = 0;
  for (const stage of stages) loaded += await putIn(client, settings, target, stage, own);
  if (!target.table.mergeBy && loaded !== rows) throw mismatch(target, loaded, rows);
  for (const stage of stages) await client.query(`DROP TABLE ${stage}`);
  return described(client, target, own, loaded);
}

async function putIn(
  client: Client,
  settings: PostgresSettings,
  target: Target,
  stage: string,
  own: Own,
): Promise<number> {
  if (!target.table.mergeBy || settings.commitMode === "append")
    return (await client.query(insertFrom(target.name, stage, target.table), ownValues(own))).rowCount ?? 0;
  const [remove, insert] = mergeFrom(target.name, stage, target.table);
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
  { target, rows }: Staged,
  own: Own,
  left: number,
): Promise<CommittedTable> {
  const found = await described(client, target, own, rows);
  const isWhole = left === 0 && (target.table.mergeBy ? true : found.rows === rows);
  if (!isWhole)
    throw new ExportError({
      code: "staging_lost",
      message: `Files of this run that were staged for ${target.bare} are gone.`,
      fix: "Retry the run, and check that nobody drops tables that begin with _penstock_.",
      retryable: false,
    });
  return found;
}

async function described(client: Client, { name, bare }: Target, own: Own, loaded: number): Promise<CommittedTable> {
  const { rows } = await client.query<{ rows: number }>(countRun(name), [own.exportId, own.start, own.runId]);
  const { rows: ids } = await client.query<{ id: string }>("SELECT pg_current_xact_id()::text AS id");
  return { table: bare, rows: rows[0]?.rows ?? 0, loaded, rejected: 0, jobs: [`transaction ${ids[0]?.id}`] };
}

const mismatch = ({ bare }: Target, loaded: number, rows: number) =>
  new ExportError({
    code: "load_mismatch",
    message: `PostgreSQL took ${loaded} rows into ${bare} where the files hold ${rows}.`,
    fix: "Look for triggers or rules on the table that drop rows; then retry the run.",
    retryable: false,
  });
