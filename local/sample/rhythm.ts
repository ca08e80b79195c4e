import { HOUR } from "@/lib/units";

export const QUANTILES = 2048;

/** Activity in each hour of a day (UTC): low at night, highest in the late morning and the afternoon. */
const BY_HOUR = [
  0.25, 0.18, 0.14, 0.12, 0.13, 0.2, 0.4, 0.7, 1, 1.2, 1.3, 1.3, 1.2, 1.25, 1.3, 1.3, 1.25, 1.15, 1.1, 1.15, 1.1, 0.9,
  0.6, 0.4,
];
/** Sunday first. */
const BY_WEEKDAY = [0.55, 1, 1.05, 1.08, 1.04, 0.95, 0.6];

/**
 * Start times of visits in the last `days` days: starts of hours (Unix seconds) at evenly spaced quantiles of a daily
 * and weekly rhythm with slight growth, in ascending order. The last hour contains `now`.
 */
export function busyHours(now: Date, days: number): number[] {
  const last = Math.floor(now.getTime() / HOUR);
  const hours = Array.from({ length: days * 24 }, (_, i) => last - days * 24 + 1 + i);
  const weights = hours.map((hour, i) => weight(new Date(hour * HOUR)) * (1 + (0.15 * i) / hours.length));
  const total = weights.reduce((sum, each) => sum + each, 0);
  const starts: number[] = [];
  let reached = 0;
  for (const [i, hour] of hours.entries()) {
    reached += weights[i]! / total;
    while (starts.length < QUANTILES && (starts.length + 0.5) / QUANTILES <= reached) starts.push(hour * 3600);
  }
  while (starts.length < QUANTILES) starts.push(last * 3600);
  return starts;
}

function weight(at: Date): number {
  return BY_HOUR[at.getUTCHours()]! * BY_WEEKDAY[at.getUTCDay()]!;
}
