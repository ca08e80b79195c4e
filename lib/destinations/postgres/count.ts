import { type Client, DatabaseError } from "pg";
import type { Window } from "@/lib/windows/types";
import type { CountedRun } from "../types";
import { countRuns } from "./sql";

const UNDEFINED_TABLE = "42P01";

/** Counts an export's rows in a table by run and window. Null if there is no such table. */
export async function countRows(
  client: Client,
  table: string,
  exportId: string,
  { start, end }: Window,
): Promise<CountedRun[] | null> {
  try {
    const { rows } = await client.query<{ run: string; start: number; end: number; rows: number }>(countRuns(table), [
      exportId,
      start.toISOString(),
      end.toISOString(),
    ]);
    return rows.map((row) => ({
      runId: row.run,
      window: { start: new Date(row.start), end: new Date(row.end) },
      rows: row.rows,
    }));
  } catch (error) {
    if (error instanceof DatabaseError && error.code === UNDEFINED_TABLE) return null;
    throw error;
  }
}
