import { describe, expect, it } from "vitest";
import { differenceWords, isOff } from "./difference";

describe("a clock", () => {
  it.each([
    [0, false],
    [5_000, false],
    [-5_000, false],
    [5_001, true],
    [-300_000, true],
  ])("that differs by %d ms is off: %s", (difference, off) => {
    expect(isOff(difference)).toBe(off);
  });

  it("is described by how far it is ahead or behind", () => {
    expect(differenceWords(300_400)).toBe("300 s ahead of the database's");
    expect(differenceWords(-61_000)).toBe("61 s behind the database's");
  });
});
