import { describe, expect, it } from "vitest";
import type { Coverage } from "@/lib/schemas/run";
import { missed } from "./missed";

const SIGNS: Record<string, Coverage["state"]> = {
  c: "committed",
  r: "running",
  f: "failed",
  x: "cancelled",
  m: "missing",
  d: "due",
  n: "not_expected",
};

const at = (hour: number) => new Date(Date.UTC(2026, 10, 24, hour)).toISOString();
const coverage = (signs: string): Coverage[] =>
  [...signs].map((sign, hour) => ({
    start: at(hour),
    end: at(hour + 1),
    state: SIGNS[sign]!,
    reason: null,
    outcome: null,
    checkedAt: null,
    healed: false,
    receiptSha256: null,
  }));

describe("what was missed", () => {
  it.each([
    ["", null],
    ["cccd", null],
    ["crxd", null],
    ["cfffd", [1, 4]],
    ["ccmmmd", [2, 5]],
    ["ffmmrd", [0, 4]],
    ["cfccmcd", [1, 5]],
    ["xfx", [1, 2]],
    ["mmmm", [0, 4]],
    ["ccnnmd", [2, 5]],
  ] as const)("of %j is %j", (signs, range) => {
    const expected = range && { start: at(range[0]), end: at(range[1]), windows: range[1] - range[0] };
    expect(missed(coverage(signs), [])).toEqual(expected);
  });

  it.each([
    ["cmmmd", 1, 4, null],
    ["cmmmd", 0, 2, [2, 4]],
    ["cfmmd", 2, 4, [1, 2]],
  ] as const)("of %j leaves out what a historic export from %i to %i will come to", (signs, start, end, range) => {
    const expected = range && { start: at(range[0]), end: at(range[1]), windows: range[1] - range[0] };
    expect(missed(coverage(signs), [{ start: new Date(at(start)), end: new Date(at(end)) }])).toEqual(expected);
  });
});
