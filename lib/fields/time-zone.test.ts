import { describe, expect, it } from "vitest";
import { boundaryAfter, isSameSchedule } from "../windows";
import { type Schedule, scheduleSchema } from "./schedule";
import { nearestZones, savedZone, zoneNamed } from "./time-zone";
import { LINKED_ZONES } from "./time-zone-links";

const daily = (timezone: string): Schedule => ({ every: "day", timezone, atHour: 7, atWeekday: 0 });
const problemOf = (timezone: string) => scheduleSchema.safeParse(daily(timezone)).error?.issues[0]?.message ?? null;

describe("a time zone's name", () => {
  it.each([
    ["UTC", "UTC"],
    ["utc", "UTC"],
    ["europe/berlin", "Europe/Berlin"],
    ["EUROPE/BERLIN", "Europe/Berlin"],
    ["Asia/Kolkata", "Asia/Kolkata"],
    ["asia/calcutta", "Asia/Calcutta"],
    ["us/pacific", "US/Pacific"],
    ["america/argentina/buenos_aires", "America/Argentina/Buenos_Aires"],
    ["antarctica/dumontdurville", "Antarctica/DumontDUrville"],
    ["etc/gmt+1", "Etc/GMT+1"],
    ["est", "EST"],
    ["pst8pdt", "PST8PDT"],
    ["w-su", "W-SU"],
    ["zulu", "Zulu"],
  ])("%s is taken as %s", (given, expected) => {
    expect(scheduleSchema.parse(daily(given)).timezone).toBe(expected);
  });

  it.each([...Intl.supportedValuesOf("timeZone"), ...LINKED_ZONES])("%s is taken as it is", (name) => {
    expect(zoneNamed(name)).toBe(name);
    expect(zoneNamed(name.toUpperCase())).toBe(name);
    expect(savedZone(name.toLowerCase())).toBe(name);
  });

  it.each([
    ["PST", "America/Los_Angeles"],
    ["pst", "America/Los_Angeles"],
    ["IST", "Asia/Calcutta"],
    ["Berlin", "Europe/Berlin"],
    ["Europe/Berln", "Europe/Berlin"],
    ["Europe / Berlin", "Europe/Berlin"],
    ["New York", "America/New_York"],
    ["America/New York", "America/New_York"],
    ["America/Sao-Paulo", "America/Sao_Paulo"],
  ])("%s is refused, with %s among the suggestions", (given, near) => {
    expect(problemOf(given)).toMatch(/^Must be an IANA time zone like Europe\/Berlin/);
    expect(nearestZones(given)).toContain(near);
    expect(problemOf(given)).toContain("Did you mean");
  });

  it.each(["", "X", "Mars/Olympus", "\0", "UTC+1", "x".repeat(64), "constructor", "__proto__"])(
    "%j is refused",
    (given) => expect(problemOf(given)).toContain("Must be an IANA time zone"),
  );

  it("is refused when it is far too long, without being compared", () => {
    expect(problemOf("x".repeat(65))).not.toBeNull();
  });
});

describe("a zone that was saved before its name was held against the database", () => {
  it.each([
    ["europe/berlin", "Europe/Berlin"],
    ["PST", "America/Los_Angeles"],
    ["IST", "Asia/Calcutta"],
  ])("%s is %s for Temporal, and cuts the same windows", (saved, named) => {
    expect(savedZone(saved)).toBe(named);
    expect(isSameSchedule(daily(saved), daily(named))).toBe(true);
    for (const day of ["2026-03-08T12:00:00Z", "2026-03-29T00:00:00Z", "2026-10-25T00:30:00Z", "2026-11-01T08:00:00Z"])
      expect(boundaryAfter(daily(saved), new Date(day))).toEqual(boundaryAfter(daily(named), new Date(day)));
  });

  it("is kept where it means no zone", () => {
    expect(savedZone("Mars/Olympus")).toBe("Mars/Olympus");
  });
});
