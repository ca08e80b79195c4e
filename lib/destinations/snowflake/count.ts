import type { CountedRun } from "../types";
import type { Counted } from "../warehouse/target";
import type { Session } from "./client";
import { bound, countRuns, type SnowflakeTarget } from "./sql";

/**
 * Counts an export's rows in a table by run and window. Snowflake doesn't say whether a table is missing or may not be
 * read, so either is an error: a grant that is lost must not look like lost rows.
 */
export async function countRows(
  session: Session,
  { target, exportId, range }: Counted & { target: SnowflakeTarget },
  signal: AbortSignal,
): Promise<CountedRun[]> {
  const binds = [exportId, bound(range.start), bound(range.end)];
  const { rows } = await session.query(countRuns(target), binds, signal);
  return rows.map(({ RUN, START_MS, END_MS, ROWS }) => ({
    runId: RUN ?? "",
    window: { start: new Date(Number(START_MS)), end: new Date(Number(END_MS)) },
    rows: Number(ROWS),
  }));
}
