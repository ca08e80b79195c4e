import { atWith, type Problem } from "../problem";
import type { Combination } from "./types";

/** `2026-03-29` and `14` of a time, in UTC. */
export const dateOf = (time: Date): string => time.toISOString().slice(0, 10);
export const hourOf = (time: Date): string => time.toISOString().slice(11, 13);

const minutesOff = (timezone: string, time: Date): number => {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: timezone, minute: "2-digit" }).formatToParts(time);
  return Number(parts.find(({ type }) => type === "minute")?.value ?? 0);
};

/** If files are named only by hour, two windows must not share one: the later would overwrite the earlier's file. */
export function wholeHourProblems({ schedule }: Combination): Problem[] {
  const { every, timezone } = schedule;
  if (every === "5m" || every === "15m")
    return [
      atWith("schedule.every", "hour", "Must be an hour or longer: this layout writes one set of files per hour."),
    ];
  if (every !== "day" && every !== "week") return [];
  const year = new Date().getUTCFullYear();
  const starts = [new Date(Date.UTC(year, 0, 1)), new Date(Date.UTC(year, 6, 1))];
  if (starts.every((time) => minutesOff(timezone, time) === 0)) return [];
  const refusal = "Must differ from UTC by whole hours: this layout writes one set of files per hour.";
  return [atWith("schedule.timezone", "UTC", refusal)];
}
