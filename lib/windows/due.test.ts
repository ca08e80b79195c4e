import { TZDate } from "@date-fns/tz";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Schedule } from "../fields/schedule";
import { HOUR, MINUTE } from "../units";
import { boundaryAfter, boundaryAtOrBefore, changeSchedule, clip, dueWindows, isSameSchedule, type Rest } from ".";
import type { Bounds, Timeline, Window } from "./types";

const at = (iso: string) => new Date(iso);
const schedule = (every: Schedule["every"], atHour = 0, timezone = "UTC", atWeekday = 0): Schedule => ({
  every,
  timezone,
  atHour,
  atWeekday,
});
const text = ({ start, end }: Window) => `${start.toISOString().slice(0, 16)} ${end.toISOString().slice(0, 16)}`;
const open: Bounds = { startAt: null, endAt: null };

type Asked = Parameters<typeof dueWindows>[0];
const due = (asked: Partial<Asked>) =>
  dueWindows({
    timeline: schedule("hour"),
    bounds: open,
    dueFrom: at("2026-05-01T09:20:00Z"),
    rests: [],
    done: [],
    now: at("2026-05-01T12:30:00Z"),
    limit: 100,
    ...asked,
  });
const rest = (from: string, to: string | null): Rest => ({ startedAt: at(from), endedAt: to === null ? null : at(to) });

describe("due windows", () => {
  const three = [
    "2026-05-01T09:00 2026-05-01T10:00",
    "2026-05-01T10:00 2026-05-01T11:00",
    "2026-05-01T11:00 2026-05-01T12:00",
  ];
  const at12 = "2026-05-01T12:00:00.000Z";

  it.each<[string, Partial<Asked>, number[], string]>([
    ["are all that have ended since", {}, [0, 1, 2], at12],
    ["are no more than were asked for", { limit: 2 }, [0, 1], "2026-05-01T11:00:00.000Z"],
    ["end at the very moment", { now: at("2026-05-01T10:00:00Z") }, [0], "2026-05-01T10:00:00.000Z"],
    ["are none before one has ended", { now: at("2026-05-01T09:59:59.999Z") }, [], "2026-05-01T09:20:00.000Z"],
    ["leave out those that ended by the watermark", { dueFrom: at("2026-05-01T10:00:00Z") }, [1, 2], at12],
    [
      "leave out those that have a run",
      { done: [{ start: at("2026-05-01T10:00:00Z"), end: at("2026-05-01T11:00:00Z") }] },
      [0, 2],
      at12,
    ],
    [
      "keep one whose run ended earlier",
      { done: [{ start: at("2026-05-01T10:00:00Z"), end: at("2026-05-01T10:30:00Z") }] },
      [0, 1, 2],
      at12,
    ],
    [
      "leave out those that ended in a rest",
      { rests: [rest("2026-05-01T09:30:00Z", "2026-05-01T11:10:00Z")] },
      [2],
      at12,
    ],
    [
      "keep one that ended as the rest ended",
      { rests: [rest("2026-05-01T09:30:00Z", "2026-05-01T11:00:00Z")] },
      [1, 2],
      at12,
    ],
    [
      "leave out one that ended as the rest began",
      { rests: [rest("2026-05-01T10:00:00Z", "2026-05-01T10:00:01Z")] },
      [1, 2],
      at12,
    ],
    ["wait while a rest lasts", { rests: [rest("2026-05-01T10:30:00Z", null)] }, [0], "2026-05-01T10:00:00.000Z"],
    ["begin with the start date", { bounds: { startAt: at("2026-05-01T11:00:00Z"), endAt: null } }, [2], at12],
    [
      "are none before the start date",
      { bounds: { startAt: at("2026-06-01T00:00:00Z"), endAt: null } },
      [],
      "2026-05-01T12:30:00.000Z",
    ],
    ["end with the end date", { bounds: { startAt: null, endAt: at("2026-05-01T11:00:00Z") } }, [0, 1], at12],
    ["are none of what runs once", { timeline: schedule("once") }, [], "2026-05-01T09:20:00.000Z"],
  ])("%s", (_, asked, expected, dueFrom) => {
    const answer = due(asked);
    expect(answer.windows.map(text)).toEqual(expected.map((index) => three[index]));
    expect(answer.dueFrom.toISOString()).toBe(dueFrom);
  });

  it("are cut at the dates, once the whole window has ended", () => {
    const bounds = { startAt: at("2026-05-01T09:50:00Z"), endAt: at("2026-05-01T10:40:00Z") };
    const cut = ["2026-05-01T09:50 2026-05-01T10:00", "2026-05-01T10:00 2026-05-01T10:40"];
    expect(due({ bounds, now: at("2026-05-01T10:59:00Z") }).windows.map(text)).toEqual(cut.slice(0, 1));
    expect(due({ bounds }).windows.map(text)).toEqual(cut);
  });
});

describe("daily windows of zones whose rules differ between editions of the time-zone data", () => {
  it.each([
    ["Europe/Chisinau", 2],
    ["Africa/Casablanca", 9],
  ])("%s at %d in March 2026: each is due once, whenever Temporal fires", (zone, hour) => {
    const timeline = schedule("day", hour, zone);
    const from = at("2026-03-01T12:00:00Z");
    let dueFrom = from;
    const started: Window[] = [];
    // Firings by other rules: an hour early on some days, late on others, and none on every fifth.
    for (let day = 2; day <= 32; day += 1) {
      const boundary = boundaryAtOrBefore(timeline, new Date(Date.UTC(2026, 2, day, 12)));
      const off = [-HOUR, 0, HOUR, -1][day % 5];
      if (off === undefined) continue;
      const answer = due({ timeline, dueFrom, now: new Date(boundary.getTime() + off) });
      started.push(...answer.windows);
      dueFrom = answer.dueFrom;
    }
    started.push(...due({ timeline, dueFrom, now: at("2026-04-01T12:00:00Z") }).windows);
    expect(started).toHaveLength(31);
    for (const [index, { start, end }] of started.entries()) {
      if (index > 0) expect(start).toEqual(started[index - 1]!.end);
      // By the zone's own clock, or right after the gap that skips the hour.
      const local = new TZDate(end.getTime(), zone);
      const before = new TZDate(end.getTime() - MINUTE, zone);
      expect(local.getHours() === hour || before.getHours() < hour).toBe(true);
    }
  });
});

describe("whenever a schedule ticks", () => {
  const ZONES = [
    "UTC",
    "Europe/Chisinau",
    "Africa/Casablanca",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
  ];
  const from = at("2026-02-10T00:07:00Z").getTime();
  const DAYS = 70;
  const moment = fc.integer({ min: 1, max: DAYS * 1440 }).map((minutes) => from + minutes * MINUTE);
  const schedules = fc.record({
    every: fc.constantFrom("15m" as const, "hour" as const, "4h" as const, "day" as const, "week" as const),
    timezone: fc.constantFrom(...ZONES),
    atHour: fc.integer({ min: 0, max: 23 }),
    atWeekday: fc.integer({ min: 0, max: 6 }),
  });
  const changes = fc.array(fc.record({ time: moment, next: schedules }), { maxLength: 4 });
  const rests = fc.array(fc.tuple(moment, fc.integer({ min: 1, max: 5 * 1440 })), { maxLength: 4 });
  const ticks = fc.array(fc.record({ time: moment, limit: fc.integer({ min: 1, max: 10 }) }), { maxLength: 40 });
  const dates = fc.record({ startAt: fc.option(moment), endAt: fc.option(moment) });

  it("every window that ended since the beginning and outside rests is due exactly once, in order", () => {
    fc.assert(
      fc.property(schedules, changes, rests, ticks, dates, (first, changed, rested, ticked, { startAt, endAt }) => {
        const bounds = {
          startAt: startAt === null ? null : new Date(startAt),
          endAt: endAt === null ? null : new Date(endAt),
        };
        const all = rested.map(([start, minutes]) => ({
          startedAt: new Date(start),
          endedAt: new Date(start + minutes * MINUTE),
        }));
        const end = from + (DAYS + 6) * 1440 * MINUTE;
        let timeline: Timeline = first;
        let dueFrom = new Date(from);
        const seen: string[] = [];
        const tick = (now: Date, limit: number) => {
          // A current rest has no end yet, and a future one is unknown.
          const known = all
            .filter(({ startedAt }) => startedAt <= now)
            .map((each) => ({ ...each, endedAt: each.endedAt <= now ? each.endedAt : null }));
          const answer = dueWindows({ timeline, bounds, dueFrom, rests: known, done: [], now, limit });
          dueFrom = answer.dueFrom;
          seen.push(...answer.windows.map(text));
          return answer.windows.length;
        };
        const events = [
          ...ticked.map(({ time, limit }) => ({ time, run: () => tick(new Date(time), limit) })),
          ...changed.map(({ time, next }) => ({
            time,
            run: () => {
              if (isSameSchedule(timeline, next)) return;
              timeline = { ...next, past: changeSchedule(timeline, next, new Date(time)).past };
            },
          })),
        ].sort((a, b) => a.time - b.time);
        for (const { run } of events) run();
        while (tick(new Date(end), 1000) > 0);

        const expected: string[] = [];
        let start = new Date(from);
        for (let stop = boundaryAfter(timeline, start); stop.getTime() <= end; stop = boundaryAfter(timeline, start)) {
          const window = clip({ start: boundaryAtOrBefore(timeline, new Date(stop.getTime() - 1)), end: stop }, bounds);
          const rested = all.some(({ startedAt, endedAt }) => startedAt <= stop && stop < endedAt);
          if (window && !rested) expected.push(text(window));
          start = stop;
        }
        expect(seen).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });
});
