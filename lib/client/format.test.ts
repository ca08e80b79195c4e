import { expect, it } from "vitest";
import { formatBytes, formatDuration, formatInterval, formatPast, formatRelative, plural } from "./format";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [483_722, "484 kB"],
  [1_260_000_000, "1.3 GB"],
])("%d bytes", (bytes, words) => expect(formatBytes(bytes)).toBe(words));

it.each([
  [-5, "0 ms"],
  [563, "563 ms"],
  [59_999, "59 s"],
  [65_000, "1 min 05 s"],
  [4_800_000, "1 h 20 min"],
])("%d milliseconds", (ms, words) => expect(formatDuration(ms)).toBe(words));

it.each([
  ["2026-03-29T14:00:00.000Z", "2026-03-29T15:00:00.000Z", "29 Mar 2026, 14:00 – 15:00"],
  ["2026-03-28T05:00:00.000Z", "2026-03-29T05:00:00.000Z", "28 Mar, 05:00 – 29 Mar 2026, 05:00"],
  ["2026-12-31T00:00:00.000Z", "2027-01-01T00:00:00.000Z", "31 Dec 2026, 00:00 – 1 Jan 2027, 00:00"],
])("the interval from %s to %s", (start, end, words) => expect(formatInterval(start, end)).toBe(words));

it.each([
  ["2026-03-29T11:59:30Z", "just now"],
  ["2026-03-29T12:00:30Z", "in less than a minute"],
  ["2026-03-29T10:00:00Z", "2 hours ago"],
  ["2026-03-30T12:00:00Z", "tomorrow"],
  ["2026-04-05T11:55:00Z", "in 7 days"],
  ["2026-03-23T11:55:00Z", "6 days ago"],
])("%s seen from noon", (time, words) => {
  expect(formatRelative(time, Date.parse("2026-03-29T12:00:00Z"))).toBe(words);
});

it.each([
  ["2026-03-29T12:00:30Z", "just now"],
  ["2026-03-29T12:05:00Z", "just now"],
  ["2026-03-29T11:54:00Z", "6 minutes ago"],
])("%s, which has happened, seen from noon", (time, words) => {
  expect(formatPast(time, Date.parse("2026-03-29T12:00:00Z"))).toBe(words);
});

it("counts in the singular and the plural", () => {
  expect([plural(0, "row"), plural(1, "row"), plural(1234, "row")]).toEqual(["0 rows", "1 row", "1,234 rows"]);
});
