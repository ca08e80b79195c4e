import type { Window } from "@/lib/windows/types";
import type { CountedRun } from "../types";
import type { BigqueryClient } from "./client";
import { askAll, type Parameters } from "./jobs";
import { Refusal } from "./refusal";
import { countRuns } from "./sql";

/** Counts an export's rows in a table by run and window. Null if there is no such table. */
export async function countRows(
  client: BigqueryClient,
  table: string,
  exportId: string,
  { start, end }: Window,
): Promise<CountedRun[] | null> {
  const parameters: Parameters = {
    export: ["STRING", exportId],
    start: ["TIMESTAMP", start.toISOString()],
    end: ["TIMESTAMP", end.toISOString()],
  };
  try {
    const rows = await askAll(client, { sql: countRuns(table), parameters });
    return rows.map(([runId, from, to, count]) => ({
      runId: runId ?? "",
      window: { start: new Date(Number(from)), end: new Date(Number(to)) },
      rows: Number(count),
    }));
  } catch (error) {
    if (error instanceof Refusal && error.reason === "notFound" && error.says(/not found: table/i)) return null;
    throw error;
  }
}
