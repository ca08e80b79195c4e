import { type SQL, sql } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { insertGiven } from "@/lib/db/insert-given";
import { monthOf } from "@/lib/db/month";
import { runLogs } from "@/lib/db/schema";
import type { LogLevel } from "@/lib/schemas/run";

export interface LoggedRun {
  id: string;
  organizationId: string;
  projectId: string;
  createdAt: Date;
}

/** A line of a run's log, which its people read. Never give it a secret or what the other side answered. */
export interface LogLine {
  level: LogLevel;
  message: string;
  attempt?: number;
  file?: string;
}

function rowOf(run: LoggedRun, line: LogLine) {
  const { id: runId, organizationId, projectId } = run;
  return { runId, month: monthOf(run), organizationId, projectId, attempt: 1, file: null, ...line };
}

/** Writes a line of a run's log. */
export const logRun = (run: LoggedRun, line: LogLine, db: Tx = getDb()): Promise<void> => logRunLines(run, [line], db);

/** Writes several lines at once. */
export async function logRunLines(run: LoggedRun, lines: readonly LogLine[], db: Tx = getDb()): Promise<void> {
  if (lines.length > 0) await db.insert(runLogs).values(lines.map((line) => rowOf(run, line)));
}

/** SQL: writes lines of a run's log where `given`, what follows FROM, has a row. */
export const insertLines = (run: LoggedRun, lines: readonly LogLine[], given: SQL): SQL =>
  insertGiven(
    runLogs,
    lines.map((line) => rowOf(run, line)),
    given,
  );

/** Lines that are written in the same statement as what they tell of: for a WITH. */
export const linesWith = (run: LoggedRun, lines: readonly LogLine[], given: SQL) =>
  getDb()
    .$with("lines", {})
    .as(lines.length === 0 ? sql`select` : insertLines(run, lines, given));
