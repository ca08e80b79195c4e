import { and, eq, gte, inArray, isNull, min } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { historicExports, runs } from "@/lib/db/schema";
import { activeStates } from "@/lib/fields/run-state";
import type { CatchUp } from "@/lib/schemas/export";
import { listWindows, loadCoverage } from "@/lib/services/coverage";
import { timelineOf } from "@/lib/services/schedules";
import { DAY } from "@/lib/units";
import { currentWindow, type Window } from "@/lib/windows";
import { missed } from "./missed";

/** How far back to look for missed windows of an export that is not paused, in ms. */
const LOOK_BACK = 30 * DAY;

/** The range that catching up would export as of `now`; null if no window was missed. */
export async function catchUpRange(exported: ExportRow, now: Date): Promise<CatchUp | null> {
  if (exported.schedule.every === "once") return null;
  const start = await firstMoment(exported, now);
  if (!start || start >= now) return null;
  const windows = await listWindows(timelineOf(exported), { start, end: now }, exported);
  const [coverage, active] = await Promise.all([loadCoverage(exported, windows, now), activeRanges(exported)]);
  return missed(coverage, active);
}

/** The ranges of active historic exports. */
const activeRanges = ({ organizationId, id }: ExportRow): Promise<Window[]> =>
  getDb()
    .select({ start: historicExports.rangeStart, end: historicExports.rangeEnd })
    .from(historicExports)
    .where(
      and(
        eq(historicExports.organizationId, organizationId),
        eq(historicExports.exportId, id),
        inArray(historicExports.state, activeStates),
      ),
    );

/**
 * The start of the first window that may be missed. For a paused export: where the failures began, or the window in
 * which a person paused it. Otherwise: the first window within `LOOK_BACK` that ran outside historic exports; earlier
 * ones may never have been wanted.
 */
async function firstMoment(exported: ExportRow, now: Date): Promise<Date | null> {
  const { pause } = exported;
  if (pause) return pause.since ? new Date(pause.since) : currentWindow(timelineOf(exported), new Date(pause.at)).start;
  const [found] = await getDb()
    .select({ start: min(runs.intervalStart) })
    .from(runs)
    .where(
      and(
        eq(runs.organizationId, exported.organizationId),
        eq(runs.exportId, exported.id),
        isNull(runs.historicExportId),
        gte(runs.intervalStart, new Date(now.getTime() - LOOK_BACK)),
      ),
    );
  return found?.start ?? null;
}
