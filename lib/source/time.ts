/** Microseconds since the epoch. Exact: a Date holds milliseconds, and 2^53 microseconds reach the year 2255. */
export const micros = (time: Date): number => time.getTime() * 1000;

/** Formats microseconds since the epoch as ClickHouse's DateTime64(6) in UTC: `2026-03-29 00:00:00.000000`. */
export function clickhouseTime(us: number): string {
  const iso = new Date(Math.floor(us / 1000)).toISOString();
  const fraction = String(((us % 1_000_000) + 1_000_000) % 1_000_000).padStart(6, "0");
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}.${fraction}`;
}

/** Parses that format, to the millisecond. */
export const microsOf = (clickhouse: string): number =>
  Date.parse(`${clickhouse.slice(0, 23).replace(" ", "T")}Z`) * 1000;

/** The same, to the microsecond. */
export const exactMicrosOf = (clickhouse: string): number => microsOf(clickhouse) + Number(clickhouse.slice(23, 26));
