import { isActive as isActiveState } from "@/lib/fields/run-state";
import type { Activity } from "@/lib/schemas/activity";
import type { Export } from "@/lib/schemas/export";
import type { HistoricExport } from "@/lib/schemas/historic-export";
import type { Run } from "@/lib/schemas/run";
import { HOUR } from "@/lib/units";

/** Polling interval for something that runs, in milliseconds. */
export const LIVE_MS = 2000;
/** Exports that make a long list. */
const MANY = 25;

/** Whether a run or historic export may still change by itself. */
export const isActive = (item: { state: Run["state"] | HistoricExport["state"] | Activity["state"] }) =>
  isActiveState(item.state);

/**
 * Polls only while any of these runs, and seldom: pages that show them follow their progress, and ask again when it
 * says that one began or ended.
 */
export const pollWhileActive = (items: readonly { state: Run["state"] }[] | undefined): number | false =>
  items?.some(isActive) ? 5 * LIVE_MS : false;

/** Polls a project's requests while one runs, shown or not; otherwise when the next run of an export is due. */
export const pollActivity = (
  items: readonly Pick<Activity, "state">[] | undefined,
  exports: readonly Export[] | undefined,
): number | false => (items?.some(isActive) ? LIVE_MS : pollExports(exports));

/** Whether a run or historic export of an export is under way. */
export const isBusy = ({ activeRuns, activeHistoricExports }: Pick<Export, "activeRuns" | "activeHistoricExports">) =>
  activeRuns + activeHistoricExports > 0;

/** When to poll exports again, in milliseconds: soon while one runs, otherwise when the next run is due. */
export function pollExports(items: readonly Export[] | undefined, now = Date.now()): number | false {
  // A long list is expensive to build, and nearly always has something running.
  if (items?.some(isBusy)) return items.length > MANY ? 5 * LIVE_MS : LIVE_MS;
  return pollDue(items, now);
}

/** When the next run is due, in milliseconds; false if none is. Ignores the schedules of paused exports. */
export function pollDue(items: readonly Export[] | undefined, now = Date.now()): number | false {
  const due = (items ?? []).flatMap((item) => (item.nextRunAt && !item.paused ? [Date.parse(item.nextRunAt)] : []));
  if (due.length === 0) return false;
  const wait = Math.min(...due) - now;
  // A due run that isn't visible yet is polled less often; timers can't wait for weeks.
  return wait <= 0 ? 3 * LIVE_MS : Math.min(wait + LIVE_MS, HOUR);
}
