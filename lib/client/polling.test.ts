import { describe, expect, it, vi } from "vitest";
import type { Export } from "@/lib/schemas/export";
import { HOUR } from "@/lib/units";
import { LIVE_MS, pollActivity, pollExports, pollWhileActive } from "./polling";

const NOW = Date.parse("2026-03-29T12:00:00Z");

const sample = (values: Partial<Export>) =>
  ({ activeRuns: 0, activeHistoricExports: 0, nextRunAt: null, paused: false, ...values }) as Export;

describe("pollExports", () => {
  const cases: [string, Partial<Export>[], number | false][] = [
    ["nothing planned", [{}], false],
    ["a run under way", [{}, { activeRuns: 1 }], LIVE_MS],
    ["a historic export between two windows", [{}, { activeHistoricExports: 1 }], LIVE_MS],
    ["a run under way in a long list", [{ activeRuns: 1 }, ...Array(25).fill({})], 5 * LIVE_MS],
    ["the next run in a minute", [{ nextRunAt: "2026-03-29T12:01:00Z" }], 60_000 + LIVE_MS],
    ["a paused export's next run", [{ nextRunAt: "2026-03-29T12:01:00Z", paused: true }], false],
    ["a run that is due and doesn't show yet", [{ nextRunAt: "2026-03-29T11:59:59Z" }], 3 * LIVE_MS],
    ["the next run in two days", [{ nextRunAt: "2026-03-31T12:00:00Z" }], HOUR],
  ];
  it.each(cases)("%s", (_, values, wait) => {
    expect(pollExports(values.map(sample), NOW)).toBe(wait);
  });

  it("waits for the first answer", () => expect(pollExports(undefined, NOW)).toBe(false));
});

it("polls runs while one of them is at work, and only then", () => {
  expect(pollWhileActive([{ state: "Completed" }, { state: "Starting" }])).toBe(5 * LIVE_MS);
  expect(pollWhileActive([{ state: "Completed" }, { state: "Failed" }, { state: "Cancelled" }])).toBe(false);
  expect(pollWhileActive(undefined)).toBe(false);
});

it("polls the activity while a request is at work, otherwise when a run is due, and never if none is", () => {
  vi.useFakeTimers({ now: NOW });
  const due = [sample({ nextRunAt: "2026-03-29T12:01:00Z" }), sample({})];
  expect(pollActivity([{ state: "Done" }, { state: "Running" }], due)).toBe(LIVE_MS);
  expect(pollActivity([{ state: "Done" }, { state: "Failed" }], due)).toBe(60_000 + LIVE_MS);
  expect(pollActivity([{ state: "Done" }], [sample({ activeRuns: 1 })])).toBe(LIVE_MS);
  expect(pollActivity([{ state: "Done" }], [sample({})])).toBe(false);
  expect(pollActivity(undefined, undefined)).toBe(false);
  vi.useRealTimers();
});
