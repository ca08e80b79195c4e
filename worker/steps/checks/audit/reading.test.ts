import { describe, expect, it } from "vitest";
import { GIB } from "@/lib/units";
import { chosen, everything, isOver, onlyDoubts, shareOf } from "./reading";

const files = Array.from({ length: 2000 }, (_, n) => n);

describe("the files that are read back", () => {
  it("are all of them, none, or a share", () => {
    expect(chosen(files, everything())).toEqual(files);
    expect(chosen(files, onlyDoubts())).toEqual([]);
    expect(shareOf(0.01, 0, 1).share).toBe(0.01);
    expect(chosen(files, shareOf(0.5, 0, 1)).length / files.length).toBeCloseTo(0.5, 0);
  });

  it("are each as likely as any other, and all get their turn", () => {
    const times = files.map(() => 0);
    for (let round = 0; round < 200; round += 1)
      for (const file of chosen(files, shareOf(0.1, 1, 1))) times[file]! += 1;
    expect(Math.min(...times)).toBeGreaterThan(0);
    expect(Math.max(...times)).toBeLessThan(60);
  });

  it("are fewer where a share would be more than a round reads", () => {
    expect(shareOf(0.01, 50 * GIB, 1).share).toBe(0.01);
    expect(shareOf(0.5, 50 * GIB, 1).share).toBe(0.02);
  });

  it("end with their bytes or their time", () => {
    const later = Date.now() + 60_000;
    expect(isOver(shareOf(1, 1, later))).toBe(false);
    expect(isOver({ ...shareOf(1, 1, later), left: 0 })).toBe(true);
    expect(isOver(shareOf(1, 1, Date.now() - 1))).toBe(true);
    expect(isOver(everything())).toBe(false);
    expect(isOver(onlyDoubts())).toBe(true);
  });
});
