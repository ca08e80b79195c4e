import { type Client, DatabaseError } from "pg";
import type { Window } from "@/lib/windows/types";
import { ExportError } from "../../errors";
import { MINUTE } from "../../units";
import type { CountedRun, TableGone } from "../types";
import { LONGEST_COUNT } from "../warehouse/bounded";
import { type Counted, type Target, tableGone } from "../warehouse/target";
import type { PostgresConnection } from "./client";
import { reading } from "./reading";
import { hiddenFrom, hiddenRows, READS, showRowsFix } from "./row-security";
import { countRuns } from "./sql";

const UNDEFINED_TABLE = "42P01";
const UNDEFINED_DATABASE = "3D000";

/** Counts an export's rows in a table by run and window. Throws if the user may not see all of them. */
export async function countRows(
  connection: PostgresConnection,
  { target, exportId, range }: Counted,
  signal: AbortSignal,
): Promise<CountedRun[] | TableGone> {
  try {
    return await reading(connection, { signal, longest: LONGEST_COUNT + MINUTE / 2 }, async (client) => {
      await requireAllRows(client, target);
      return countVisible(client, target, exportId, range);
    });
  } catch (error) {
    const code = error instanceof DatabaseError ? error.code : null;
    if (code === UNDEFINED_TABLE) return tableGone(target);
    if (code === UNDEFINED_DATABASE) return { gone: `The database ${connection.config.database} no longer exists.` };
    throw error;
  }
}

/** Hidden rows would look like lost ones. */
async function requireAllRows(client: Client, { name, bare }: Target): Promise<void> {
  const hidden = await hiddenRows(client, name, READS);
  if (hidden === null) return;
  throw new ExportError({
    code: "row_security",
    message: `${hiddenFrom(bare, hidden)}, so they can't be counted. As the table's owner: ${showRowsFix(name, hidden, { reads: true })}.`,
    fix: null,
    retryable: false,
  });
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
