import { COMMITS, COMMITS_COLUMNS } from "../warehouse/fence";
import type { BigqueryClient } from "./client";
import { askOne, type Parameters, runQuery } from "./jobs";
import { Refusal } from "./refusal";
import type { BigqueryConfig } from "./schema";
import { typeOf, usedBy } from "./sql";
import { createTable } from "./tables";
import { fullName } from "./targets";

/** The transaction's error message if a later run has committed. */
const SUPERSEDED = "penstock_superseded";

/** Creates the table of commits if it is missing. */
export async function ensureCommits(client: BigqueryClient): Promise<void> {
  const fields = COMMITS_COLUMNS.map((column) => ({ name: column.name, type: typeOf(column, { jsonType: "JSON" }) }));
  await createTable(client, COMMITS, { schema: { fields }, clustering: { fields: ["_export_id"] } });
}

const laterRun = (name: string) =>
  `SELECT 1 FROM ${name} WHERE _export_id = @export AND fence > @fence AND ` +
  "((_interval_start <= @start AND _interval_end >= @end) OR (_interval_start >= @start AND _interval_end <= @end))";

/**
 * Statements that claim a window for a run. `before` inserts the window's row ahead of the transaction, and `within`
 * updates it, so that BigQuery aborts one of two transactions that commit one window: it has no unique keys, and
 * inserts never conflict. The transaction fails if a later run has committed this window, one within it, or one around
 * it.
 */
export function claimWindow(config: BigqueryConfig): { before: string; within: string[] } {
  const name = fullName(config, COMMITS);
  const mine = "_export_id = @export AND _interval_start = @start";
  return {
    before:
      `INSERT INTO ${name} (_export_id, _interval_start, _interval_end, fence) SELECT @export, @start, @end, 0 ` +
      `FROM (SELECT 1) WHERE NOT EXISTS (SELECT 1 FROM ${name} WHERE ${mine})`,
    within: [
      `UPDATE ${name} SET fence = @fence, _run_id = @run, _interval_end = @end, committed_at = CURRENT_TIMESTAMP() ` +
        `WHERE ${mine} AND fence <= @fence`,
      `IF EXISTS (${laterRun(name)}) THEN RAISE USING MESSAGE = '${SUPERSEDED}'; END IF`,
    ],
  };
}

/** Runs statements only if a commit of a window that starts within this one is recorded. Belongs before the claim. */
export const ifCommitted = (config: BigqueryConfig, statements: readonly string[]): string =>
  `IF EXISTS (SELECT 1 FROM ${fullName(config, COMMITS)} WHERE _export_id = @export AND _run_id IS NOT NULL ` +
  `AND _interval_start >= @start AND _interval_start < @end) THEN ${statements.map((each) => `${each};`).join(" ")} END IF`;

/** Whether a later run has committed the window of these parameters; for a commit whose stages are gone. */
export async function isLater(client: BigqueryClient, parameters: Parameters): Promise<boolean> {
  const sql = `SELECT COUNT(*) FROM (${laterRun(fullName(client.config, COMMITS))})`;
  return Number(await askOne(client, { sql, parameters: usedBy(sql, parameters) })) > 0;
}

/** Whether a commit was refused because a later run has committed. */
export const isSuperseded = (error: unknown): boolean => error instanceof Refusal && error.says(new RegExp(SUPERSEDED));

/** Removes the commits of a connection's verification. */
export async function forgetExport(client: BigqueryClient, exportId: string): Promise<void> {
  const sql = `DELETE FROM ${fullName(client.config, COMMITS)} WHERE _export_id = @export`;
  await runQuery(client, { sql, parameters: { export: ["STRING", exportId] } });
}
