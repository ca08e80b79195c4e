import { asc } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runLogs } from "@/lib/db/schema";
import type { LogFilter } from "@/lib/schemas/run";
import type { Actor } from "@/lib/services/access";
import { loadRun } from "./load";
import { logLines } from "./log-filter";
import { logText } from "./log-text";

/** Returns a run's filtered log as text, oldest line first. */
export async function downloadRunLogs(actor: Actor, input: LogFilter & { id: string }): Promise<string> {
  const run = await loadRun(actor, input.id);
  const rows = await getDb()
    .select()
    .from(runLogs)
    .where(logLines(actor, run, input))
    .orderBy(asc(runLogs.id));
  return rows.map(logText).join("");
}
