import { eq, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { exports, runs, source } from "@/lib/db/schema";
import { isActive } from "@/lib/schemas/run";
import { AS_IT_COMES, settleSecondsOf } from "@/lib/services/source/settings";
import type { ExportRunInput, Turn } from "@/lib/temporal/contract";
import type { RunRow } from "./load";
import { logRun } from "./log";
import { untilSettled } from "./settled";
import { startHistoricRun } from "./start-historic-run";
import { tick } from "./tick";

export interface StartedRun {
  runId: string;
  /** How long to wait, in ms, until the window has settled by the database's clock. */
  waitMs: number;
  turn: Turn;
}

/**
 * Gives a workflow its run: the row that was made for it, a new one for its window of a historic export, or, where a schedule
 * has fired, one for the oldest window that is due. Asked again by the same workflow, it answers the same. Null when there is
 * nothing to do: nothing is due, the export is deleted, the window lies outside its bounds, or the run has ended already. Throws
 * a retryable `ExportError` while another run holds the window.
 */
export async function startRun(input: ExportRunInput, workflowId: string): Promise<StartedRun | null> {
  const run = await runOf(input, workflowId);
  if (!run || !isActive(run.state)) return null;
  const waitMs = await untilSettled(run, await settleSecondsFor(run));
  if (run.state === "Starting") {
    const wait = waitMs > 0 ? `; waiting ${Math.ceil(waitMs / 1000)} s for the window to settle` : "";
    const range = `${run.intervalStart.toISOString()} to ${run.intervalEnd.toISOString()}`;
    await logRun(run, { level: "info", message: `Run of ${range} (${run.trigger}, request ${run.requestId})${wait}.` });
  }
  const turn = { organizationId: run.organizationId, isHistoric: run.historicExportId !== null };
  return { runId: run.id, waitMs, turn };
}

async function settleSecondsFor({ exportId }: RunRow): Promise<number> {
  const [row] = await getDb()
    .select({ own: exports.settleSeconds, source })
    .from(exports)
    .leftJoin(source, sql`true`)
    .where(eq(exports.id, exportId));
  return settleSecondsOf({ settleSeconds: row?.own ?? null }, row?.source ?? AS_IT_COMES);
}

async function runOf({ exportId, runId, historic }: ExportRunInput, workflowId: string): Promise<RunRow | undefined> {
  if (historic) return startHistoricRun(exportId, historic, workflowId);
  if (!runId) return tick(exportId, workflowId);
  return (await getDb().select().from(runs).where(eq(runs.id, runId)))[0];
}
