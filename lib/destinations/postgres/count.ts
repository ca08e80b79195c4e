import { type Client, DatabaseError } from "pg";
import type { Window } from "@/lib/windows/types";
import { MINUTE } from "../../units";
import type { CountedRun, TableGone } from "../types";
import { LONGEST_COUNT } from "../warehouse/bounded";
import { type Counted, type Target, tableGone } from "../warehouse/target";
import type { PostgresConnection } from "./client";
import { reading } from "./reading";
import { countRuns } from "./sql";

const UNDEFINED_TABLE = "42P01";
const UNDEFINED_DATABASE = "3D000";

/** Counts an export's rows in a table by run and window. */
export async function countRows(
  connection: PostgresConnection,
  { target, exportId, range }: Counted,
  signal: AbortSignal,
): Promise<CountedRun[] | TableGone> {
  try {
    return await reading(connection, { signal, longest: LONGEST_COUNT + MINUTE / 2 }, (client) =>
      countVisible(client, target, exportId, range),
    );
  } catch (error) {
    const code = error instanceof DatabaseError ? error.code : null;
    if (code === UNDEFINED_TABLE) return tableGone(target);
    if (code === UNDEFINED_DATABASE) return { gone: `There is no database ${connection.config.database} any more.` };
    throw error;
  }
}

async function countVisible(client: Client, { name }: Target, exportId: string, { start, end }: Window) {
  const { rows } = await client.query<{ run: string; start: number; end: number; rows: number }>(countRuns(name), [
    exportId,
    start.toISOString(),
    end.toISOString(),
  ]);
  return rows.map((row) => ({
    runId: row.run,
    window: { start: new Date(row.start), end: new Date(row.end) },
    rows: row.rows,
  }));
}
