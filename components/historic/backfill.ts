import type { Export } from "@/lib/schemas/export";
import type { HistoricEstimate } from "@/lib/schemas/historic-export";
import type { Coverage } from "@/lib/schemas/run";
import { DAY } from "@/lib/units";

/** For how long after its creation an export offers to backfill. */
const OFFERED = 7 * DAY;

/** The most windows that are offered at once. */
const MOST_WINDOWS = 10_000;

type Created = Pick<Export, "createdAt" | "startAt" | "schedule" | "blockedBy">;

/** Whether an export may have windows from before its creation that are worth an offer. */
export function mayBackfill({ createdAt, startAt, schedule, blockedBy }: Created, now: number): boolean {
  const created = Date.parse(createdAt);
  const startsBefore = startAt === null || Date.parse(startAt) < created;
  return schedule.every !== "once" && blockedBy !== "connection_unverified" && startsBefore && now - created < OFFERED;
}

/** The range whose coverage has the window that an export was created in. */
export const aroundCreation = ({ createdAt }: Pick<Export, "createdAt">) => ({
  from: new Date(Date.parse(createdAt) - 1).toISOString(),
  to: createdAt,
});

/**
 * The range before an export's own windows: from its start date, or from the beginning of time, to the start of the
 * window that it was created in, which its schedule exports. Null if there is none.
 */
export function backfillRange(
  { createdAt, startAt }: Pick<Export, "createdAt" | "startAt">,
  around: readonly Pick<Coverage, "start" | "end">[],
): { start: string; end: string } | null {
  const [window] = around;
  if (!window) return null;
  const end = Date.parse(window.end) <= Date.parse(createdAt) ? window.end : window.start;
  const start = startAt ?? new Date(0).toISOString();
  return Date.parse(start) < Date.parse(end) ? { start, end } : null;
}

export type BackfillOffer = { kind: "none" } | { kind: "offer" | "large"; estimate: HistoricEstimate };

/** What to offer, given what a historic export of the range would do. Without a start date, only rows make an offer. */
export function backfillOffer(
  { startAt }: Pick<Export, "startAt">,
  estimate: HistoricEstimate | undefined,
): BackfillOffer {
  if (!estimate || estimate.windows === 0 || (startAt === null && estimate.rows === 0)) return { kind: "none" };
  return { kind: estimate.windows > MOST_WINDOWS ? "large" : "offer", estimate };
}
