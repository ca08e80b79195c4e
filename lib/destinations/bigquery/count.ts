import { randomUUID } from "node:crypto";
import type { CountedRun, TableGone } from "../types";
import { type Counted, tableGone } from "../warehouse/target";
import type { BigqueryClient } from "./client";
import { askAll, cancelJob, type Parameters } from "./jobs";
import { Refusal } from "./refusal";
import { countRuns } from "./sql";
import { isDatasetGone } from "./tables";

/** Counts an export's rows in a table by run and window. */
export async function countRows(
  client: BigqueryClient,
  { target, exportId, range }: Counted,
  signal: AbortSignal,
): Promise<CountedRun[] | TableGone> {
  const parameters: Parameters = {
    export: ["STRING", exportId],
    start: ["TIMESTAMP", range.start.toISOString()],
    end: ["TIMESTAMP", range.end.toISOString()],
  };
  const id = `penstock_${randomUUID()}`;
  try {
    const rows = await askAll(client, { sql: countRuns(target.name), parameters, id, signal });
    return rows.map(([runId, from, to, count]) => ({
      runId: runId ?? "",
      window: { start: new Date(Number(from)), end: new Date(Number(to)) },
      rows: Number(count),
    }));
  } catch (error) {
    if (signal.aborted) await cancelJob(client, id);
    const gone = await goneBy(client, target, error);
    if (gone) return gone;
    throw error;
  }
}

/** A dataset in another location is not found by queries either, but is there. */
async function goneBy(client: BigqueryClient, target: Counted["target"], error: unknown): Promise<TableGone | null> {
  if (!(error instanceof Refusal) || error.reason !== "notFound") return null;
  if (error.says(/not found: table/i)) return tableGone(target);
  if (!error.says(/not found: dataset/i) || !(await isDatasetGone(client))) return null;
  return { gone: `There is no dataset ${client.config.projectId}.${client.config.dataset} any more.` };
}
