import { describe, expect, it } from "vitest";
import { parseWindow, windowText } from "./use-window";

const window = { start: "2026-03-29T14:00:00.000Z", end: "2026-03-29T15:00:00.000Z" };

describe("a window in the URL", () => {
  it("is an ISO 8601 interval, and back", () => {
    expect(windowText(window)).toBe("2026-03-29T14:00Z/2026-03-29T15:00Z");
    expect(parseWindow(windowText(window))).toEqual(window);
    const odd = { start: "2026-03-29T14:00:01.500Z", end: "2026-03-29T15:00:30.000Z" };
    expect(parseWindow(windowText(odd))).toEqual(odd);
  });

  it("is ignored if it is anything else", () => {
    for (const text of ["", "/", "yesterday/today", "2026-03-29T14:00Z", "2026-03-29T15:00Z/2026-03-29T14:00Z"])
      expect(parseWindow(text)).toBeNull();
  });
});
