import { describe, expect, it } from "vitest";
import { GIB } from "@/lib/units";
import { growth, type Sample, sampleOf } from "./memory";

const samples = (mb: (at: number) => number): Sample[] =>
  Array.from({ length: 100 }, (_, index) => ({ at: index * 10, mb: { worker: mb(index * 10) } }));

describe("the growth of a process's memory", () => {
  it.each([
    ["nothing where it is flat", () => 300, 0],
    ["what is added in an hour", (at: number) => 300 + at / 60, 60],
    ["nothing of what it takes to warm up", (at: number) => Math.min(300, 100 + at), 0],
  ])("is %s", (_, mb, expected) => {
    expect(growth(samples(mb), "worker")).toBeCloseTo(expected);
  });

  it("is told apart for a process that is there and one that has ended", () => {
    const { mb } = sampleOf({ this: process.pid, none: GIB }, 0);
    expect(mb.this).toBeGreaterThan(10);
    expect(mb.none).toBe(0);
  });
});
