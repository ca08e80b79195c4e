import { expect, it } from "vitest";
import { groupFindings } from "./findings";

const hour = (from: number) => `2026-11-01T0${from}:00:00.000Z`;
const finding = (from: number, message = "missing") => ({
  intervalStart: hour(from),
  intervalEnd: hour(from + 1),
  message,
});

it("joins findings of windows in a row that say the same", () => {
  expect(groupFindings([finding(1), finding(2), finding(3, "failed"), finding(4), finding(6)])).toEqual([
    { intervalStart: hour(1), intervalEnd: hour(3), message: "missing", windows: 2 },
    { ...finding(3, "failed"), windows: 1 },
    { ...finding(4), windows: 1 },
    { ...finding(6), windows: 1 },
  ]);
  expect(groupFindings([])).toEqual([]);
});
