import type { Client } from "pg";
import { ExportError } from "../../errors";
import type { RunTag } from "../types";
import type { PutFile } from "../upload-types";
import { warehouseTable } from "../warehouse/tables";
import { inTransaction } from "./client";
import { copyRowsIn } from "./copy";
import { copyInto, createStage, literal } from "./sql";

/**
 * A worker frozen in an earlier attempt at the file locks the stage as long as its connection lasts. This ends only
 * sessions of Penstock's own user, and only those that use this stage. PgBouncer may add " - " and the client's address
 * to the name of each session's application.
 */
const END_EARLIER = `SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a WHERE a.pid <> pg_backend_pid()
  AND a.usename = current_user AND split_part(a.application_name, ' - ', 1) = split_part(current_setting('application_name'), ' - ', 1)
  AND a.pid IN (SELECT pid FROM pg_locks WHERE granted AND relation = to_regclass($1)
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`;

/**
 * Loads one file into its own table, replacing what an earlier attempt left. Creates and commits the table before it
 * sends any row: PostgreSQL would not start after a crash in a transaction that created an unlogged table
 * (docs/decisions/0020). Returns the number of rows that the server took.
 */
export async function stageFile(
  client: Client,
  { stage, run }: { stage: string; run: RunTag },
  { table, body }: Pick<PutFile, "table" | "body">,
  signal: AbortSignal,
): Promise<number> {
  const warehouse = warehouseTable(table);
  const note = `Staged by Penstock for the run ${run.id}; removed when the run is committed.`;
  await client.query(END_EARLIER, [stage]);
  // One message, hence one transaction, in which the server waits for no one once the table is created.
  await client.query(
    [
      `SELECT pg_advisory_xact_lock(hashtextextended(${literal(stage)}, 0))`,
      `DROP TABLE IF EXISTS ${stage}`,
      createStage(stage, warehouse),
      `COMMENT ON TABLE ${stage} IS ${literal(note)}`,
    ].join("; "),
  );
  const made = await idOf(client, stage);
  return inTransaction(client, async () => {
    await lock(client, stage);
    if ((await idOf(client, stage)) !== made) throw anotherTry();
    return copyRowsIn(client, copyInto(stage, warehouse), body, signal);
  });
}

async function idOf(client: Client, stage: string): Promise<string | null> {
  const { rows } = await client.query<{ id: string | null }>("SELECT to_regclass($1)::oid::text AS id", [stage]);
  return rows[0]?.id ?? null;
}

/** Until the COPY ends, no later attempt at the file can drop the stage or add to it. */
async function lock(client: Client, stage: string): Promise<void> {
  try {
    await client.query(`LOCK TABLE ${stage} IN SHARE ROW EXCLUSIVE MODE`);
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) throw anotherTry();
    throw error;
  }
}

const UNDEFINED_TABLE = "42P01";

const anotherTry = () =>
  new ExportError({
    code: "warehouse_busy",
    message: "Another attempt at this file has replaced this one.",
    fix: null,
    retryable: true,
  });
