import { ExportError } from "../../errors";
import { Refusal } from "./refusal";
import { quote, type Typed, union } from "./sql";
import type { TableOf } from "./tables";
import { AT_ONCE, days, expiryOf } from "./written";

/** The transaction's error message if rows would vanish as they are inserted. */
const EXPIRED = "penstock_expired";

/**
 * Statements that end a commit before it writes if the table's partitions expire, and rows of these stages belong to one
 * that has; none if they don't expire. BigQuery drops such rows and says nothing. Source: "Set the partition
 * expiration" in BigQuery's documentation: a partition expires that long after its own time.
 */
export function refuseExpired(target: Typed, there: TableOf, stages: readonly string[]): string[] {
  const expiry = expiryOf(there);
  const { field, type = "DAY" } = there.timePartitioning ?? {};
  if (expiry === null || field === undefined) return [];
  const ends = `TIMESTAMP_ADD(TIMESTAMP_TRUNC(CAST(${quote(field)} AS TIMESTAMP), ${type}), INTERVAL ${expiry} MILLISECOND)`;
  const statements: string[] = [];
  for (let at = 0; at < stages.length; at += AT_ONCE) {
    const rows = union(target, stages.slice(at, at + AT_ONCE));
    statements.push(
      `IF EXISTS (SELECT 1 FROM (${rows}) WHERE ${ends} <= CURRENT_TIMESTAMP()) THEN RAISE USING MESSAGE = '${EXPIRED}'; END IF`,
    );
  }
  return statements;
}

/** Whether a commit was refused because rows would vanish. */
export const isExpired = (error: unknown): boolean => error instanceof Refusal && error.says(new RegExp(EXPIRED));

/** Final: the rows would vanish again. */
export const expired = (tables: readonly { name: string; there: TableOf }[]): ExportError => {
  const which = tables.filter(({ there }) => expiryOf(there) !== null);
  const after = [...new Set(which.map(({ there }) => days(expiryOf(there)!)))].join(" or ");
  const names = which.map(({ name }) => `ALTER TABLE ${name} SET OPTIONS (partition_expiration_days = NULL)`);
  return new ExportError({
    code: "rows_expired",
    message: `The window has rows that BigQuery would drop immediately: partitions of the table expire after ${after}. Nothing was committed.`,
    fix: `Remove the expiration (${names.join("; ")}); then retry the run.`,
    retryable: false,
  });
};
