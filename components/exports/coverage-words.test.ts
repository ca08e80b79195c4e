import { describe, expect, it } from "vitest";
import type { Coverage } from "@/lib/schemas/run";
import { coverageSummary, windowWords } from "./coverage-words";

const window = (state: Coverage["state"], more: Partial<Coverage> = {}): Coverage => ({
  start: "2026-03-29T14:00:00.000Z",
  end: "2026-03-29T15:00:00.000Z",
  state,
  reason: null,
  outcome: null,
  checkedAt: null,
  healed: false,
  receiptSha256: null,
  ...more,
});

describe("coverage in words", () => {
  it("counts what is committed of what could be, and what else there is", () => {
    const windows = [window("committed"), window("broken"), window("missing"), window("due"), window("not_expected")];
    expect(coverageSummary(windows)).toBe("1 of 3 windows committed · 1 broken · 1 not exported · 1 due");
  });

  it("doesn't count windows from before the export, and names them apart from gaps", () => {
    const before = window("not_expected", { reason: "before_export" });
    expect(coverageSummary([before, before, window("committed")])).toBe("1 of 1 window committed");
    expect(windowWords(before)).toBe("29 Mar 2026, 14:00 – 15:00 UTC: before the export");
    expect(windowWords(window("not_expected", { reason: "rest" }))).toBe(
      "29 Mar 2026, 14:00 – 15:00 UTC: not expected",
    );
  });

  it("counts findings about committed windows, not quiet checks", () => {
    const found = [window("committed", { outcome: "late" }), window("committed", { outcome: "intact" })];
    expect(coverageSummary(found)).toBe("2 of 2 windows committed · 1 finding");
  });

  it("says of a window what is known of it", () => {
    expect(windowWords(window("missing"))).toBe("29 Mar 2026, 14:00 – 15:00 UTC: not exported");
    expect(windowWords(window("committed", { rows: 2, outcome: "late" }))).toBe(
      "29 Mar 2026, 14:00 – 15:00 UTC: committed, 2 rows, last check: late rows",
    );
  });
});
