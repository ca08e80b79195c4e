import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";
import type { ExportRow, HistoricExportRow } from "@/lib/db/rows";
import { exports, historicExports, runs } from "@/lib/db/schema";
import type { DestinationType } from "@/lib/destinations/catalog";
import { activeStates } from "@/lib/fields/run-state";
import { HISTORIC, raiseAlert, wasReported } from "@/lib/services/alerts";
import { timelineOf } from "@/lib/services/schedules";
import { windowsIn } from "@/lib/windows";
import { isWhole } from "./complete-historic";
import { lockExport } from "./lock-export";

export interface HistoricWindows {
  organizationId: string;
  exportId: string;
  destinationType: DestinationType;
  windows: { start: string; end: string }[];
  /** Start of the next window; null if there are no more. */
  next: string | null;
}

const isActive = (id: string) => and(eq(historicExports.id, id), inArray(historicExports.state, activeStates));

/**
 * Sets a historic export to Running and returns its next `limit` windows. Null if it has ended or its export is
 * deleted.
 */
export async function nextHistoricWindows(
  db: Db,
  id: string,
  from: string | undefined,
  limit: number,
): Promise<HistoricWindows | null> {
  const [row] = await db
    .select({ historic: historicExports, spec: exports })
    .from(historicExports)
    .innerJoin(exports, eq(exports.id, historicExports.exportId))
    .where(isActive(id));
  if (!row || row.spec.deletedAt) return null;
  const { historic, spec } = row;
  await db.update(historicExports).set({ state: "Running" }).where(isActive(id));
  const range = { start: from ? new Date(from) : historic.rangeStart, end: historic.rangeEnd };
  const windows: HistoricWindows["windows"] = [];
  let next: string | null = null;
  for (const { start, end } of windowsIn(timelineOf(spec), range, spec)) {
    if (windows.length === limit) {
      next = start.toISOString();
      break;
    }
    windows.push({ start: start.toISOString(), end: end.toISOString() });
  }
  return {
    organizationId: spec.organizationId,
    exportId: spec.id,
    destinationType: spec.destination.type,
    windows,
    next,
  };
}

/**
 * Ends a historic export, unless it has already ended. `Failed` becomes `Completed` if retries have since committed
 * every window. Returns the id of the alert for a failure, or null.
 */
export async function endHistoric(
  db: Db,
  id: string,
  state: "Completed" | "Failed" | "Cancelled",
): Promise<string | null> {
  return db.transaction(async (tx) => {
    const [historic] = await tx.select().from(historicExports).where(eq(historicExports.id, id));
    if (!historic) return null;
    // Commits lock the export too, so the second sees the first.
    const exported = await lockExport(tx, historic.exportId);
    const end = state === "Failed" && (await isWhole(tx, historic)) ? "Completed" : state;
    const finishedAt = sql`now()`;
    const [ended] = await tx.update(historicExports).set({ state: end, finishedAt }).where(isActive(id)).returning();
    return ended?.state === "Failed" ? tellFailed(tx, exported, ended) : null;
  });
}

/** Raises one alert for all windows, with the newest failure's error. */
async function tellFailed(tx: Tx, exported: ExportRow, historic: HistoricExportRow): Promise<string | null> {
  if (exported.deletedAt || (await wasReported(tx, exported.id, HISTORIC))) return null;
  const [failed] = await tx
    .select({ id: runs.id, error: runs.error })
    .from(runs)
    .where(and(eq(runs.historicExportId, historic.id), eq(runs.state, "Failed")))
    .orderBy(desc(runs.finishedAt))
    .limit(1);
  const range = { intervalStart: historic.rangeStart, intervalEnd: historic.rangeEnd };
  const failure = failed?.error ?? null;
  return raiseAlert(tx, exported, { kind: "failed", cause: HISTORIC, failure, runId: failed?.id ?? null, ...range });
}
