import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
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

/** A line of a run's log, which users read. Never include a secret or a remote response. */
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

export const logRun = (db: Tx, run: LoggedRun, line: LogLine): Promise<void> => logRunLines(db, run, [line]);

export async function logRunLines(db: Tx, run: LoggedRun, lines: readonly LogLine[]): Promise<void> {
  if (lines.length > 0) await db.insert(runLogs).values(lines.map((line) => rowOf(run, line)));
}

/** SQL: writes log lines of a run if `given`, the text after FROM, has rows. */
export const insertLines = (run: LoggedRun, lines: readonly LogLine[], given: SQL): SQL =>
  insertGiven(
    runLogs,
    lines.map((line) => rowOf(run, line)),
    given,
  );

/** Like `insertLines`, as a CTE of the statement that the lines describe. */
export const linesWith = (db: Tx, run: LoggedRun, lines: readonly LogLine[], given: SQL) =>
  db.$with("lines", {}).as(lines.length === 0 ? sql`select` : insertLines(run, lines, given));

/** A line about the file at `index`. */
export type FileLine = Required<LogLine> & { index: number };

/** SQL: writes each line if `given`, a CTE of the same statement, has a row with its index. */
export function insertFileLines(run: LoggedRun, lines: readonly FileLine[], given: SQL): SQL {
  const { id, organizationId, projectId } = run;
  const text = JSON.stringify(lines);
  return sql`
    insert into run_logs (run_id, month, organization_id, project_id, level, attempt, file, message)
    select ${id}::uuid, ${monthOf(run)}::date, ${organizationId}::uuid, ${projectId}::uuid, l.level, l.attempt, l.file, l.message
    from rows from (jsonb_to_recordset(${text}::jsonb) as ("index" integer, level text, attempt integer, file text, message text))
      with ordinality as l("index", level, attempt, file, message, position)
    join ${given} g on g."index" = l."index"
    order by l.position`;
}
