import type { Window } from "@/lib/windows/types";
import type { CountedRun } from "../types";
import type { Session } from "./client";
import { bound, countRuns } from "./sql";

/**
 * Counts an export's rows in a table by run and window. Snowflake doesn't say whether a table is missing or may not be
 * read, so either is an error.
 */
export async function countRows(
  session: Session,
  table: string,
  exportId: string,
  { start, end }: Window,
): Promise<CountedRun[]> {
  const { rows } = await session.query(countRuns(table), [exportId, bound(start), bound(end)]);
  return rows.map(({ RUN, START_MS, END_MS, ROWS }) => ({
    runId: RUN ?? "",
    window: { start: new Date(Number(START_MS)), end: new Date(Number(END_MS)) },
    rows: Number(ROWS),
  }));
}
