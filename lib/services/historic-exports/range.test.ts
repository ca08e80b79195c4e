import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { historicRange, startingWith } from "./range";

const now = new Date("2026-03-29T12:30:00Z");
const hourly = { every: "hour", timezone: "UTC", atHour: 0, atWeekday: 0 } as const;
const open = { schedule: hourly, pastSchedules: [], startAt: null, endAt: null };
const day = (time: string) => `2026-03-29T${time}:00Z`;
const ask = (start: string, end: string) => ({ start: day(start), end: day(end) });

const refusal = (work: () => unknown): AppError => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error("nothing was refused");
};

describe("the range of a historic export", () => {
  it("is widened to whole windows", () => {
    expect(historicRange(open, ask("01:20", "03:10"), now)).toEqual({
      start: new Date(day("01:00")),
      end: new Date(day("04:00")),
      windows: 3,
    });
  });

  it("ends with the newest ended window", () => {
    expect(historicRange(open, ask("10:00", "23:00"), now)).toMatchObject({ end: new Date(day("12:00")), windows: 2 });
  });

  it("never passes the end date", () => {
    const bounded = { ...open, endAt: new Date(day("02:30")) };
    expect(historicRange(bounded, ask("01:00", "09:00"), now)).toMatchObject({ end: bounded.endAt, windows: 2 });
  });

  it.each([
    ["after the end date", { ...open, endAt: new Date(day("02:00")) }, ask("02:00", "04:00"), "start", "end date"],
    [
      "after the end date, in its window",
      { ...open, endAt: new Date(day("02:30")) },
      ask("02:45", "04:00"),
      "start",
      "end",
    ],
    [
      "before the start date, in its window",
      { ...open, startAt: new Date(day("05:30")) },
      ask("04:00", "05:20"),
      "end",
      "start",
    ],
    ["before the start date", { ...open, startAt: new Date(day("05:00")) }, ask("02:00", "04:00"), "end", "start date"],
    ["not ended yet", open, ask("12:00", "13:00"), "start", "no window in this range has ended yet"],
  ])("says why nothing is left: %s", (_, exported, input, path, words) => {
    const error = refusal(() => historicRange(exported, input, now));
    expect(error.status).toBe(422);
    expect(error.message).toContain(words);
    expect(error.details).toMatchObject([{ path }]);
  });
});

describe("a range of a source whose first row arrived", () => {
  const asked = historicRange(open, { start: "1970-01-01T00:00:00Z", end: day("04:00") }, now);

  it.each([
    ["before the range", "1969-12-31T23:00:00Z", asked],
    ["within its first window", "1970-01-01T00:59:59.999Z", asked],
    ["in the middle of a window", day("01:20"), { start: new Date(day("01:00")), end: asked.end, windows: 3 }],
    ["where a window begins", day("02:00"), { start: new Date(day("02:00")), end: asked.end, windows: 2 }],
    ["in its last window", day("03:59"), { start: new Date(day("03:00")), end: asked.end, windows: 1 }],
  ])("%s begins with that row's window at the earliest", (_, first, expected) => {
    expect(startingWith(open, asked, new Date(first))).toEqual(expected);
  });

  it("keeps the part of a window after the start date", () => {
    const bounded = { ...open, startAt: new Date(day("01:30")) };
    const range = historicRange(bounded, ask("00:00", "04:00"), now);
    expect(startingWith(bounded, range, new Date(day("01:40")))).toEqual(range);
  });
});
