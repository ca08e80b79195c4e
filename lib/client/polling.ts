import { isActive as isActiveState } from "@/lib/fields/run-state";
import type { Activity } from "@/lib/schemas/activity";
import type { Export } from "@/lib/schemas/export";
import type { HistoricExport } from "@/lib/schemas/historic-export";
import type { Run } from "@/lib/schemas/run";
import { HOUR } from "@/lib/units";

/** How often something that runs is asked for, in milliseconds. */
export const LIVE_MS = 2000;
/** How many exports make a long list. */
const MANY = 25;

/** True while a run or a historic export may still change by itself. */
export const isActive = (item: { state: Run["state"] | HistoricExport["state"] | Activity["state"] }) =>
  isActiveState(item.state);

/** Polls while any of these runs, and only then. */
export const pollWhileActive = (items: readonly { state: Run["state"] }[] | undefined): number | false =>
  items?.some(isActive) ? LIVE_MS : false;

/** The requests of a project: often while one is under way, and now and then, since any export may begin another. */
export const pollActivity = (items: readonly Pick<Activity, "state">[] | undefined): number =>
  items?.some(isActive) ? LIVE_MS : 5 * LIVE_MS;

/**
 * When to ask for exports again, in milliseconds: soon while one runs, else when the next run is due. Nothing is asked
 * for in between, and paused exports are never asked for.
 */
export function pollExports(items: readonly Export[] | undefined, now = Date.now()): number | false {
  if (!items) return false;
  // A long list is much to put together, and nearly always has something under way.
  if (items.some((item) => item.activeRuns > 0)) return items.length > MANY ? 5 * LIVE_MS : LIVE_MS;
  const due = items.flatMap((item) => (item.nextRunAt && !item.paused ? [Date.parse(item.nextRunAt)] : []));
  if (due.length === 0) return false;
  const wait = Math.min(...due) - now;
  // A due run that doesn't show yet is looked for a little less often; timers can't wait for weeks.
  return wait <= 0 ? 3 * LIVE_MS : Math.min(wait + LIVE_MS, HOUR);
}
