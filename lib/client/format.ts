import { DAY, HOUR, MINUTE } from "@/lib/units";

/** Formats numbers, sizes, and times. Times are UTC wherever the viewer is, because windows are UTC ranges. */

const whole = new Intl.NumberFormat("en");
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const dayMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const clockSeconds = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: "UTC" });
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

export const formatCount = (value: number) => whole.format(value);
export const formatShort = (value: number) => short.format(value);

/** `1 row`, `2 rows`: the number with its noun. */
export const plural = (count: number, noun: string) => `${whole.format(count)} ${noun}${count === 1 ? "" : "s"}`;

/** Bytes in the largest decimal unit with a value of at least one. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `29 Mar 2026, 14:05 UTC`. */
export const formatTime = (iso: string) => {
  const time = new Date(iso);
  return `${date.format(time)}, ${clock.format(time)} UTC`;
};

/** `14:05:31`, for log lines. */
export const formatClock = (iso: string) => clockSeconds.format(new Date(iso));

/** A window: `29 Mar 2026, 14:00 – 15:00`, with the end date if it differs. */
export function formatInterval(startIso: string, endIso: string): string {
  const start = new Date(startIso);
  const end = new Date(endIso);
  const sameDay = startIso.slice(0, 10) === endIso.slice(0, 10);
  const first = sameDay || start.getUTCFullYear() === end.getUTCFullYear() ? dayMonth : date;
  const left = `${(sameDay ? date : first).format(start)}, ${clock.format(start)}`;
  return `${left} – ${sameDay ? "" : `${date.format(end)}, `}${clock.format(end)}`;
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
];

/**
 * `5 minutes ago`, `in 2 hours`; under a minute, `just now` or `in less than a minute`. Future times are rounded: seven days are
 * still seven days a moment later.
 */
export function formatRelative(iso: string, now = Date.now()): string {
  const distance = Date.parse(iso) - now;
  const round = distance > 0 ? Math.round : Math.trunc;
  for (const [unit, ms] of steps) if (Math.abs(distance) >= ms) return relative.format(round(distance / ms), unit);
  return distance > 0 ? "in less than a minute" : "just now";
}

/** `formatRelative` of something that has happened: `just now` if this clock is behind the one that noted it. */
export const formatPast = (iso: string, now = Date.now()): string =>
  formatRelative(Date.parse(iso) > now ? new Date(now).toISOString() : iso, now);

/** Milliseconds as `850 ms`, `12 s`, `3 min 05 s`, `1 h 20 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, "0")} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}
