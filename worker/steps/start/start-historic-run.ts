import { and, eq } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { ExportRow, RunRow } from "@/lib/db/rows";
import { exports, runs } from "@/lib/db/schema";
import { ExportError } from "@/lib/errors";
import { isUniqueViolation } from "@/lib/services/db-errors";
import { newRun } from "@/lib/services/ledger";
import type { ExportRunInput } from "@/lib/temporal/contract";
import { clip, type Window } from "@/lib/windows";

type Historic = NonNullable<ExportRunInput["historic"]>;

/**
 * Returns the run of one window of a historic export, made for the calling workflow; undefined if the export is deleted
 * or the window is outside its bounds. Throws a retryable `ExportError` while another run holds the window.
 */
export async function startHistoricRun(
  db: Db,
  exportId: string,
  historic: Historic,
  workflowId: string,
): Promise<RunRow | undefined> {
  const [known] = await db.select().from(runs).where(eq(runs.workflowId, workflowId));
  if (known) return known;
  const [spec] = await db.select().from(exports).where(eq(exports.id, exportId));
  if (!spec || spec.deletedAt) return undefined;
  const window = clip({ start: new Date(historic.start), end: new Date(historic.end) }, spec);
  return window ? create(db, spec, window, historic.id, workflowId) : undefined;
}

async function create(db: Db, spec: ExportRow, window: Window, historicExportId: string, workflowId: string) {
  try {
    const [run] = await db
      .insert(runs)
      .values(newRun(spec, window, { trigger: "historic", historicExportId, workflowId }))
      .returning();
    return run;
  } catch (error) {
    if (!isUniqueViolation(error, "runs_one_active_per_window")) throw error;
    const [holder] = await db
      .select({ requestId: runs.requestId })
      .from(runs)
      .where(and(eq(runs.exportId, spec.id), eq(runs.intervalStart, window.start)));
    const message = `Another run${holder ? ` (request ${holder.requestId})` : ""} is exporting this window.`;
    throw new ExportError({ code: "window_busy", message, fix: null, retryable: true }, { cause: error });
  }
}
