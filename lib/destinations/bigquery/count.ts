import { randomUUID } from "node:crypto";
import type { CountedRun, TableGone } from "../types";
import { type Counted, tableGone } from "../warehouse/target";
import type { BigqueryClient } from "./client";
import { askAll, cancelJob, type Parameters } from "./jobs";
import { Refusal } from "./refusal";
import { countRuns, type Scoped } from "./sql";
import { getTable, isDatasetGone } from "./tables";
import { filterOf } from "./targets";

/** Counts an export's rows in a table by run and window. */
export async function countRows(
  client: BigqueryClient,
  { target, exportId, range, team }: Counted & { team: number },
  signal: AbortSignal,
): Promise<CountedRun[] | TableGone> {
  const parameters: Parameters = {
    ...(target.table.mergeBy && { team: ["INT64", String(team)] }),
    export: ["STRING", exportId],
    start: ["TIMESTAMP", range.start.toISOString()],
    end: ["TIMESTAMP", range.end.toISOString()],
  };
  try {
    const rows = await asked(client, target, parameters, signal);
    return rows.map(([runId, from, to, count]) => ({
      runId: runId ?? "",
      window: { start: new Date(Number(from)), end: new Date(Number(to)) },
      rows: Number(count),
    }));
  } catch (error) {
    const gone = await goneBy(client, target, error);
    if (gone) return gone;
    throw error;
  }
}

/** Asks once more if the table requires a filter: only then must the account be allowed to describe the table. */
async function asked(client: BigqueryClient, target: Counted["target"], parameters: Parameters, signal: AbortSignal) {
  const ask = async (scoped: Scoped) => {
    const id = `penstock_${randomUUID()}`;
    try {
      return await askAll(client, { sql: countRuns(scoped), parameters, id, signal });
    } catch (error) {
      if (signal.aborted) await cancelJob(client, id);
      throw error;
    }
  };
  try {
    return await ask(target);
  } catch (error) {
    if (!(error instanceof Refusal) || !error.says(/without a filter over column/i)) throw error;
    const there = await getTable(client, target.bare, signal);
    return ask({ ...target, filter: filterOf(there ?? {}) });
  }
}

/** A dataset in another location is not found by queries either, but is there. */
async function goneBy(client: BigqueryClient, target: Counted["target"], error: unknown): Promise<TableGone | null> {
  if (!(error instanceof Refusal) || error.reason !== "notFound") return null;
  if (error.says(/not found: table/i)) return tableGone(target);
  if (!error.says(/not found: dataset/i) || !(await isDatasetGone(client))) return null;
  return { gone: `The dataset ${client.config.projectId}.${client.config.dataset} no longer exists.` };
}
