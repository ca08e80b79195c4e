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

/** Polls only while any of these runs. */
export const pollWhileActive = (items: readonly { state: Run["state"] }[] | undefined): number | false =>
  items?.some(isActive) ? LIVE_MS : false;

/** Polls a project's requests: often while one is running, otherwise occasionally: any export may start another. */
export const pollActivity = (items: readonly Pick<Activity, "state">[] | undefined): number =>
  items?.some(isActive) ? LIVE_MS : 5 * LIVE_MS;

/**
 * When to poll exports again, in milliseconds: soon while one runs, otherwise when the next run is due. Ignores the
 * schedules of paused exports.
 */
export function pollExports(items: readonly Export[] | undefined, now = Date.now()): number | false {
  if (!items) return false;
  // A long list is expensive to build, and nearly always has something running.
  if (items.some((item) => item.activeRuns > 0)) return items.length > MANY ? 5 * LIVE_MS : LIVE_MS;
  const due = items.flatMap((item) => (item.nextRunAt && !item.paused ? [Date.parse(item.nextRunAt)] : []));
  if (due.length === 0) return false;
  const wait = Math.min(...due) - now;
  // A due run that isn't visible yet is polled less often; timers can't wait for weeks.
  return wait <= 0 ? 3 * LIVE_MS : Math.min(wait + LIVE_MS, HOUR);
}
