import { randomUUID } from "node:crypto";
import { msToTs } from "@temporalio/common/lib/time";
import { afterAll, describe, expect, it } from "vitest";
import { getEnv } from "../env";
import type { Schedule } from "../fields/schedule";
import { HOUR } from "../units";
import { type Bounds, boundaryAfter, boundaryAtOrBefore } from "../windows";
import { closeTemporal, getTemporal } from "./client";
import { scheduleSpec } from "./schedule-spec";

afterAll(() => closeTemporal());

const timestamp = (time: string) => msToTs(Date.parse(time));

/** When Temporal itself would fire. */
async function firings(schedule: Schedule, bounds: Bounds, from: string, to: string): Promise<number[]> {
  const temporal = getTemporal();
  const namespace = getEnv().TEMPORAL_NAMESPACE;
  const scheduleId = `test-${randomUUID()}`;
  const handle = await temporal.schedule.create({
    scheduleId,
    spec: scheduleSpec(schedule, bounds),
    action: { type: "startWorkflow", workflowType: "none", taskQueue: "none" },
    state: { paused: true },
  });
  try {
    const range = { startTime: timestamp(from), endTime: timestamp(to) };
    const { startTime } = await temporal.workflowService.listScheduleMatchingTimes({ namespace, scheduleId, ...range });
    return (startTime ?? []).map(({ seconds }) => Number(seconds) * 1000);
  } finally {
    await handle.delete();
  }
}

function boundaries(schedule: Schedule, from: string, to: string): number[] {
  const found: number[] = [];
  let time = boundaryAfter(schedule, new Date(Date.parse(from) - 1));
  for (; time.getTime() <= Date.parse(to); time = boundaryAfter(schedule, time)) found.push(time.getTime());
  return found;
}

const iso = (times: number[]) => times.map((time) => new Date(time).toISOString());
const open = { startAt: null, endAt: null };
const daily = (timezone: string, atHour: number): Schedule => ({ every: "day", timezone, atHour, atWeekday: 0 });
const hourly: Schedule = { every: "hour", timezone: "Europe/Berlin", atHour: 0, atWeekday: 0 };

describe("Temporal's schedules", () => {
  it.each([
    ["America/New_York", 2],
    ["America/New_York", 1],
    ["Europe/Berlin", 2],
    ["Europe/Berlin", 3],
    ["Australia/Lord_Howe", 2],
    ["Africa/Cairo", 0],
    ["America/Santiago", 0],
    ["Asia/Kathmandu", 5],
  ])(
    "fire in %s at %d at the ends of windows, but where spring skips the hour, and doubly where autumn has it twice",
    async (zone, hour) => {
      const [from, to] = ["2027-01-01T00:00:00Z", "2029-01-01T00:00:00Z"];
      const schedule = daily(zone, hour);
      const fired = await firings(schedule, open, from, to);
      const wanted = boundaries(schedule, from, to);
      // Reconciliation starts those two: one a year.
      expect(wanted.filter((time) => !fired.includes(time)).length).toBeLessThanOrEqual(2);
      const others = fired.filter((time) => !wanted.includes(time));
      expect(others.length).toBeLessThanOrEqual(2);
      // At most one a year; it finds its window started.
      for (const time of others) expect(time - boundaryAtOrBefore(schedule, new Date(time)).getTime()).toBe(HOUR);
    },
  );

  it.each([
    ["America/New_York", 0, 2],
    ["Europe/Berlin", 0, 2],
    ["Europe/Berlin", 3, 12],
    ["America/Santiago", 0, 0],
    ["Asia/Kathmandu", 6, 5],
  ])("fire weekly in %s on day %d at %d at the ends of windows", async (zone, atWeekday, hour) => {
    const [from, to] = ["2027-01-01T00:00:00Z", "2029-01-01T00:00:00Z"];
    const schedule: Schedule = { every: "week", timezone: zone, atHour: hour, atWeekday };
    const fired = await firings(schedule, open, from, to);
    const wanted = boundaries(schedule, from, to);
    expect(wanted.filter((time) => !fired.includes(time)).length).toBeLessThanOrEqual(2);
    for (const time of fired.filter((each) => !wanted.includes(each)))
      expect(time - boundaryAtOrBefore(schedule, new Date(time)).getTime()).toBe(HOUR);
  });

  it.each(["5m", "15m", "hour", "4h", "6h", "8h", "12h", "24h"] as const)(
    "fire every %s at every end of a window, over the change of the clocks",
    async (every) => {
      const schedule: Schedule = { every, timezone: "Europe/Berlin", atHour: 7, atWeekday: 0 };
      // Temporal omits times at the very start of the range.
      const [from, to] = ["2027-03-27T11:59:59Z", "2027-03-29T00:00:00Z"];
      expect(iso(await firings(schedule, open, from, to))).toEqual(iso(boundaries(schedule, from, to)));
    },
  );

  it("fire every hour in UTC, whatever the zone, from the end of the first window to that of the last", async () => {
    const bounds = { startAt: new Date("2027-03-28T00:20:00Z"), endAt: new Date("2027-03-28T03:40:00Z") };
    const fired = await firings(hourly, bounds, "2027-03-27T00:00:00Z", "2027-03-29T00:00:00Z");
    expect(iso(fired)).toEqual(iso(boundaries(hourly, "2027-03-28T01:00:00Z", "2027-03-28T04:00:00Z")));
  });

  it("fire no more once the end date is the end of a window", async () => {
    const bounds = { startAt: null, endAt: new Date("2027-03-10T02:00:00Z") };
    const fired = await firings(daily("UTC", 2), bounds, "2027-03-09T00:00:00Z", "2027-03-20T00:00:00Z");
    expect(iso(fired)).toEqual(["2027-03-09T02:00:00.000Z", "2027-03-10T02:00:00.000Z"]);
  });

  it.each(["europe/berlin", "utc", "PST", "asia/kolkata", "us/pacific", "EST", "Etc/GMT+5"])(
    "know the time zone of an export that was saved with %s",
    async (zone) => {
      const [from, to] = ["2027-06-01T00:00:00Z", "2027-06-08T00:00:00Z"];
      expect(iso(await firings(daily(zone, 7), open, from, to))).toEqual(iso(boundaries(daily(zone, 7), from, to)));
    },
  );
});
