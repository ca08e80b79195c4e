import { describe, expect, it } from "vitest";
import type { Export } from "@/lib/schemas/export";
import { DAY } from "@/lib/units";
import { aroundCreation, backfillOffer, backfillRange, mayBackfill } from "./backfill";

const at = (hour: number, minute = 0) => new Date(Date.UTC(2026, 2, 29, hour, minute)).toISOString();
const schedule = { every: "hour", timezone: "UTC", atHour: 0, atWeekday: 0 } as const;
const created = { createdAt: at(14, 20), startAt: null, schedule, blockedBy: null };
const now = Date.parse(at(14, 21));

describe("whether a backfill may be offered", () => {
  it.each<[string, Partial<Pick<Export, "createdAt" | "startAt" | "schedule" | "blockedBy">>, number, boolean]>([
    ["no start date", {}, now, true],
    ["a start in the past", { startAt: at(3) }, now, true],
    ["a start at the creation", { startAt: at(14, 20) }, now, false],
    ["a start in the future", { startAt: at(20) }, now, false],
    ["a single export", { schedule: { ...schedule, every: "once" } }, now, false],
    ["a connection that is not verified", { blockedBy: "connection_unverified" }, now, false],
    ["a connection without automatic exports", { blockedBy: "connection_off" }, now, true],
    ["an export of six days ago", {}, now + 6 * DAY, true],
    ["an export of eight days ago", {}, now + 8 * DAY, false],
  ])("%s", (_, more, time, wanted) => {
    expect(mayBackfill({ ...created, ...more }, time)).toBe(wanted);
  });
});

describe("the range to backfill", () => {
  const hour = (from: number) => ({ start: at(from), end: at(from + 1) });

  it.each([
    ["ends where the window of the creation starts", { startAt: at(3) }, [hour(14)], { start: at(3), end: at(14) }],
    [
      "goes back to the beginning without a start date",
      {},
      [hour(14)],
      { start: new Date(0).toISOString(), end: at(14) },
    ],
    [
      "includes a window that ends at the creation",
      { createdAt: at(14), startAt: at(3) },
      [hour(13)],
      { start: at(3), end: at(14) },
    ],
    ["is empty if the export starts in the window of its creation", { startAt: at(14, 5) }, [hour(14)], null],
    ["is empty without a window", {}, [], null],
  ])("%s", (_, more, around, wanted) => {
    expect(backfillRange({ ...created, ...more }, around)).toEqual(wanted);
  });

  it("is looked up just before the creation", () => {
    expect(aroundCreation(created)).toEqual({ from: "2026-03-29T14:19:59.999Z", to: at(14, 20) });
  });
});

describe("the offer", () => {
  const estimate = (windows: number, rows: number) => ({ start: at(3), end: at(14), windows, rows });

  it.each([
    ["windows and rows", null, estimate(11, 40), "offer"],
    ["windows without rows since a start date", at(3), estimate(11, 0), "offer"],
    ["windows without rows and without a start date", null, estimate(11, 0), "none"],
    ["no window", at(3), estimate(0, 0), "none"],
    ["nothing known", at(3), undefined, "none"],
    ["as many windows as are offered", null, estimate(10_000, 1), "offer"],
    ["more windows than that", null, estimate(10_001, 1), "large"],
  ])("with %s", (_, startAt, given, kind) => {
    expect(backfillOffer({ startAt }, given).kind).toBe(kind);
  });
});
