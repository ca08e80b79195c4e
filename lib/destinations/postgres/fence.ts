import type { Client } from "pg";
import type { RunTag } from "../types";
import { COMMITS, COMMITS_COLUMNS, superseded } from "../warehouse/fence";
import { inTransaction } from "./client";
import type { PostgresConfig } from "./schema";
import { createCommits, lockName, quote } from "./sql";

const nameOf = ({ schema }: Pick<PostgresConfig, "schema">) => `${quote(schema)}.${quote(COMMITS)}`;

/**
 * Creates the table of commits if it is missing: before a run's first file, and for runs planned by an older version.
 */
export async function ensureCommits(client: Client, config: PostgresConfig): Promise<void> {
  const name = nameOf(config);
  const { rows } = await client.query<{ there: boolean }>("SELECT to_regclass($1) IS NOT NULL AS there", [name]);
  if (rows[0]?.there) return;
  await inTransaction(client, async () => {
    await client.query(lockName, [name]);
    await client.query(createCommits(name));
  });
}

/**
 * Claims a window within the transaction of a run's commit; other runs' commits of it then wait. Returns true for the
 * run's first commit, false if an earlier one succeeded, even if its answer was lost. Throws if a later run has
 * committed this window, one within it, or one around it.
 */
export async function claimWindow(client: Client, config: PostgresConfig, run: RunTag): Promise<boolean> {
  const name = nameOf(config);
  const window = [run.exportId, run.window.start.toISOString(), run.window.end.toISOString(), run.fence];
  const columns = COMMITS_COLUMNS.map((column) => column.name);
  const changed = columns.filter((column) => column !== "_export_id" && column !== "_interval_start");
  const { rowCount } = await client.query(
    `INSERT INTO ${name} AS c (${columns.join(", ")}) VALUES ($1, $2, $3, $4, $5, now())
     ON CONFLICT (_export_id, _interval_start) DO UPDATE SET ${changed.map((column) => `${column} = excluded.${column}`).join(", ")}
     WHERE c.fence < excluded.fence`,
    [...window, run.id],
  );
  const { rows } = await client.query<{ later: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM ${name} WHERE _export_id = $1 AND fence > $4
     AND ((_interval_start <= $2 AND _interval_end >= $3) OR (_interval_start >= $2 AND _interval_end <= $3))) AS later`,
    window,
  );
  if (rows[0]?.later) throw superseded();
  return rowCount === 1;
}

/** Removes the commits of a connection's verification. */
export async function forgetExport(client: Client, config: PostgresConfig, exportId: string): Promise<void> {
  await client.query(`DELETE FROM ${nameOf(config)} WHERE _export_id = $1`, [exportId]);
}
