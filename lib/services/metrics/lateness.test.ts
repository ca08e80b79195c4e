import { describe, expect, it } from "vitest";
import { HOUR } from "@/lib/units";
import { type ActiveExport, scheduleLag, uncommittedAge } from "./lateness";

const at = (hour: number, minute = 0) => new Date(Date.UTC(2026, 2, 10, hour, minute));

const exported = (more: Partial<ActiveExport> = {}): ActiveExport => ({
  projectId: "p",
  exportIds: ["e"],
  schedule: { every: "hour", timezone: "UTC", atHour: 0, atWeekday: 0 } as ActiveExport["schedule"],
  startAt: null,
  endAt: null,
  createdAt: at(0, 30),
  committedUpTo: null,
  lastScheduled: null,
  ...more,
});

const run = (hour: number, lateMinutes: number) => ({
  intervalStart: at(hour),
  intervalEnd: at(hour + 1),
  createdAt: at(hour + 1, lateMinutes),
});

describe("the age of the oldest uncommitted window", () => {
  it.each([
    ["all is committed", { committedUpTo: at(12) }, 0],
    ["the newest one is missing", { committedUpTo: at(11) }, HOUR / 2],
    ["a gap has been there for long", { committedUpTo: at(3) }, 8.5 * HOUR],
    ["nothing ever ran", {}, 11.5 * HOUR],
    ["it was made in this hour", { createdAt: at(12, 10) }, 0],
    ["it has not begun", { startAt: at(12) }, 0],
    ["it begins inside a window", { startAt: at(10, 20), committedUpTo: at(10, 20) }, 1.5 * HOUR],
    ["it is over and all was committed", { endAt: at(9, 15), committedUpTo: at(9, 15) }, 0],
    ["it is over and its last window is missing", { endAt: at(9, 15), committedUpTo: at(9) }, 3.25 * HOUR],
  ])("when %s", (_, more, age) => {
    expect(uncommittedAge(exported(more), at(12, 30))).toBe(age);
  });
});

describe("how late a schedule is", () => {
  it.each([
    ["its run began on time", { lastScheduled: run(11, 0) }, 0],
    ["its run began late", { lastScheduled: run(11, 5) }, HOUR / 12],
    ["no run has begun yet", { lastScheduled: run(10, 0) }, HOUR / 2],
    ["nothing ever ran", {}, HOUR / 2],
    ["it was made in this hour", { createdAt: at(12, 10) }, 0],
    ["it is over", { endAt: at(9), lastScheduled: run(8, 0) }, 0],
    ["it has not begun", { startAt: at(13) }, 0],
  ])("when %s", (_, more, lag) => {
    expect(scheduleLag(exported(more), at(12, 30))).toBe(lag);
  });
});
