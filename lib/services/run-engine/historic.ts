import { and, eq, inArray } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { exports, historicExports } from "@/lib/db/schema";
import { activeStates } from "@/lib/schemas/run";
import { windowsIn } from "@/lib/windows";

export interface HistoricWindows {
  exportId: string;
  destinationType: "s3";
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
  for (const { start, end } of windowsIn(spec.schedule, range, spec)) {
    if (windows.length === limit) {
      next = start.toISOString();
      break;
    }
    windows.push({ start: start.toISOString(), end: end.toISOString() });
  }
  return { exportId: spec.id, destinationType: spec.destination.type, windows, next };
}

/** Ends a historic export; one that has ended already stays as it is. */
export async function endHistoric(id: string, state: "Completed" | "Failed" | "Cancelled"): Promise<void> {
  await getDb().update(historicExports).set({ state, finishedAt: new Date() }).where(isActive(id));
}
