import { DAY } from "../../units";
import type { Filled } from "../warehouse/filled";
import type { BigqueryClient } from "./client";
import { askOne, childJobs, type DmlStats, type Job, type Parameters } from "./jobs";
import { countRun, usedBy } from "./sql";
import { getTable, type TableOf } from "./tables";
import { filterOf } from "./targets";

/** Stages per statement: BigQuery allows at most 1000 tables in one. */
export const AT_ONCE = 200;

/** The rows that one table got from a commit, counted as cheaply as possible. */
export async function rowsWritten(
  client: BigqueryClient,
  children: readonly Job[],
  { target, files }: Filled,
  parameters: Parameters,
): Promise<number> {
  const there = (await getTable(client, target.bare)) ?? {};
  // BigQuery also reports rows as inserted that expire in the same moment.
  const reported = expiryOf(there) === null ? reportedRows(children, { target, files }) : null;
  return reported ?? countedRows(client, target, there, parameters);
}

/** After how many ms a table's partitions expire; null if they don't. */
export const expiryOf = ({ timePartitioning }: TableOf): number | null =>
  Number(timePartitioning?.expirationMs) || null;

/** The script's jobs, if BigQuery lists them. */
export const childrenOf = (client: BigqueryClient, job: string): Promise<Job[]> =>
  // Counting finds out the same.
  childJobs(client, job).catch(() => []);

/**
 * The rows by the statistics of the statements that write them; null if one is missing. A later statement of a merged
 * table may change rows of an earlier one.
 */
function reportedRows(children: readonly Job[], { target, files }: Pick<Filled, "target" | "files">): number | null {
  const statements = Math.ceil(files.length / AT_ONCE);
  if (target.table.mergeBy && statements > 1) return null;
  const starts = [`INSERT INTO ${target.name} (`, `MERGE INTO ${target.name} AS t USING (SELECT * FROM`];
  const writers = children.filter(({ configuration }) => {
    const text = configuration?.query?.query?.trimStart() ?? "";
    return starts.some((start) => text.startsWith(start));
  });
  const stats = writers.flatMap(({ statistics }) => statistics?.query?.dmlStats ?? []);
  return stats.length === statements ? stats.reduce((sum, each) => sum + changed(each), 0) : null;
}

const changed = ({ insertedRowCount = "0", updatedRowCount = "0" }: DmlStats) =>
  Number(insertedRowCount) + Number(updatedRowCount);

async function countedRows(client: BigqueryClient, target: Filled["target"], there: TableOf, all: Parameters) {
  const sql = countRun({ ...target, filter: filterOf(there) });
  return Number((await askOne(client, { sql, parameters: usedBy(sql, all) })) ?? 0);
}

/** A time in days, as a phrase. */
export function days(ms: number): string {
  const count = Number((ms / DAY).toFixed(2));
  return count === 1 ? "1 day" : `${count} days`;
}
