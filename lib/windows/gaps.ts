import { TZDate } from "@date-fns/tz";
import type { Schedule } from "../schemas/schedule";
import { boundaryAfter } from "./boundaries";

const DAY = 86_400_000;
const YEARS = 10;

/**
 * The boundaries of a daily or weekly schedule in the ten years after `from` that don't fall on its hour by the wall clock, because
 * daylight saving skips that hour on their day.
 */
export function boundariesInGaps(schedule: Schedule, from: Date): Date[] {
  if (schedule.every !== "day" && schedule.every !== "week") return [];
  const local = (time: number) => new TZDate(time, schedule.timezone);
  const onTheHour = (time: number) => local(time).getHours() === schedule.atHour && local(time).getMinutes() === 0;
  const found: Date[] = [];
  const end = from.getTime() + YEARS * 366 * DAY;
  let before = local(from.getTime()).getTimezoneOffset();
  // A week without a change of the clocks has no gap: most weeks cost one look.
  for (let week = from.getTime() + 7 * DAY; week < end; week += 7 * DAY) {
    const after = local(week).getTimezoneOffset();
    let boundary = boundaryAfter(schedule, new Date(week - 7 * DAY));
    for (; after !== before && boundary.getTime() <= week; boundary = boundaryAfter(schedule, boundary))
      if (!onTheHour(boundary.getTime())) found.push(boundary);
    before = after;
  }
  return found;
}
