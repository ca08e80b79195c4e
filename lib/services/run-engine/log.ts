import { getDb, type Tx } from "@/lib/db/client";
import { monthOf } from "@/lib/db/month";
import { runLogs } from "@/lib/db/schema";
import type { LogLevel } from "@/lib/schemas/run";

export interface LoggedRun {
  id: string;
  organizationId: string;
  projectId: string;
  createdAt: Date;
}

/** Writes a line of a run's log, which its people read. Never give it a secret or what the other side answered. */
export async function logRun(
  run: LoggedRun,
  line: { level: LogLevel; message: string; attempt?: number; file?: string },
  db: Tx = getDb(),
): Promise<void> {
  const { id: runId, organizationId, projectId } = run;
  await db.insert(runLogs).values({ runId, month: monthOf(run), organizationId, projectId, attempt: 1, ...line });
}
