const minute = (time: Date) => time.toISOString().slice(0, 16).replace("T", " ");

/** Formats a time for people: `2026-11-24 10:00 UTC`. */
export const utc = (time: Date): string => `${minute(time)} UTC`;

/** Formats a time range; a shared date appears once: `2026-11-24 10:00 to 11:00 UTC`. */
export function utcRange({ start, end }: { start: Date; end: Date }): string {
  const [from, to] = [minute(start), minute(end)];
  return `${from} to ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to} UTC`;
}
