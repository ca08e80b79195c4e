import { expect, it } from "vitest";
import { dateTimeText, parseDateTime } from "./date-time-text";

it.each([
  ["2026-03-29 14:05", "2026-03-29T14:05:00.000Z"],
  ["2026-03-29T14:05", "2026-03-29T14:05:00.000Z"],
  [" 2026-3-9, 4:05 ", "2026-03-09T04:05:00.000Z"],
  ["2026-03-29", "2026-03-29T00:00:00.000Z"],
  ["2024-02-29 23:59", "2024-02-29T23:59:00.000Z"],
  ["2026-02-29 00:00", null],
  ["2026-13-01 00:00", null],
  ["2026-03-29 24:00", null],
  ["2026-03-29 14:60", null],
  ["2026-03-29 2:05 PM", null],
  ["03/29/2026", null],
  ["2026-03", null],
  ["", null],
])("reads %j as %j", (text, iso) => {
  expect(parseDateTime(text)).toBe(iso);
});

it("writes what it reads, in UTC", () => {
  expect(dateTimeText("2026-03-29T14:05:00.000Z")).toBe("2026-03-29 14:05");
  expect(dateTimeText(null)).toBe("");
});
