import { and, eq, ilike, inArray, or, type SQL } from "drizzle-orm";
import { runLogs } from "@/lib/db/schema";
import { LOG_LEVELS, type LogFilter } from "@/lib/schemas/run";
import type { Actor } from "@/lib/services/access";
import { contains } from "@/lib/services/like";

/** SQL condition for a run's log lines: at least `level`, and with `text` in the message or file name. */
export function logLines(actor: Actor, run: { id: string }, { level, text }: LogFilter): SQL | undefined {
  const pattern = text ? contains(text) : undefined;
  return and(
    eq(runLogs.organizationId, actor.organizationId),
    eq(runLogs.runId, run.id),
    level === undefined ? undefined : inArray(runLogs.level, LOG_LEVELS.slice(LOG_LEVELS.indexOf(level))),
    pattern === undefined ? undefined : or(ilike(runLogs.message, pattern), ilike(runLogs.file, pattern)),
  );
}
