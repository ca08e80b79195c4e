import { getDb, type Tx } from "@/lib/db/client";
import { runLogs } from "@/lib/db/schema";
import type { LogLevel } from "@/lib/schemas/run";

export interface LoggedRun {
  id: string;
  organizationId: string;
  projectId: string;
}

export interface LogLine {
  level: LogLevel;
  message: string;
  attempt?: number;
  file?: string | undefined;
}

/** Writes a line of a run's log, which its people read. Never give it a secret or what the other side answered. */
export const logRun = (run: LoggedRun, line: LogLine, db: Tx = getDb()): Promise<void> => logRunLines(run, [line], db);

/** The same for several lines at once. */
export async function logRunLines(run: LoggedRun, lines: readonly LogLine[], db: Tx = getDb()): Promise<void> {
  const { id: runId, organizationId, projectId } = run;
  if (lines.length === 0) return;
  await db.insert(runLogs).values(lines.map((line) => ({ runId, organizationId, projectId, attempt: 1, ...line })));
}
