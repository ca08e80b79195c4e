import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import type { ExportRow, HistoricExportRow } from "@/lib/db/rows";
import { exports, historicExports, runs } from "@/lib/db/schema";
import type { DestinationType } from "@/lib/destinations/catalog";
import { activeStates } from "@/lib/fields/run-state";
import { HISTORIC, raiseAlert, wasTold } from "@/lib/services/alerts";
import { timelineOf } from "@/lib/services/schedules";
import { windowsIn } from "@/lib/windows";
import { isWhole } from "./complete-historic";
import { lockExport } from "./lock-export";

export interface HistoricWindows {
  organizationId: string;
  exportId: string;
  destinationType: DestinationType;
  windows: { start: string; end: string }[];
  /** Where the windows after these begin; null when there are no more. */
  next: string | null;
}

const isActive = (id: string) => and(eq(historicExports.id, id), inArray(historicExports.state, activeStates));

/** The next `limit` windows of a historic export, and its state becomes Running. Null when it has ended or its export is deleted. */
export async function nextHistoricWindows(
  id: string,
  from: string | undefined,
  limit: number,
): Promise<HistoricWindows | null> {
  const [row] = await getDb()
    .select({ historic: historicExports, spec: exports })
    .from(historicExports)
    .innerJoin(exports, eq(exports.id, historicExports.exportId))
    .where(isActive(id));
  if (!row || row.spec.deletedAt) return null;
  const { historic, spec } = row;
  await getDb().update(historicExports).set({ state: "Running" }).where(isActive(id));
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
 * Ends a historic export; one that has ended already stays as it is. Where windows failed that a retry has committed
 * meanwhile, it is Completed all the same. Answers with the alert of one that failed.
 */
export async function endHistoric(id: string, state: "Completed" | "Failed" | "Cancelled"): Promise<string | null> {
  return getDb().transaction(async (tx) => {
    const [historic] = await tx.select().from(historicExports).where(eq(historicExports.id, id));
    if (!historic) return null;
    // Commits of its windows hold the export too: whichever comes second sees the other.
    const exported = await lockExport(tx, historic.exportId);
    const end = state === "Failed" && (await isWhole(tx, historic)) ? "Completed" : state;
    const finishedAt = sql`now()`;
    const [ended] = await tx.update(historicExports).set({ state: end, finishedAt }).where(isActive(id)).returning();
    return ended?.state === "Failed" ? tellFailed(tx, exported, ended) : null;
  });
}

/** One alert for all of its windows, with what the newest of them failed with. */
async function tellFailed(tx: Tx, exported: ExportRow, historic: HistoricExportRow): Promise<string | null> {
  if (exported.deletedAt || (await wasTold(tx, exported.id, HISTORIC))) return null;
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
