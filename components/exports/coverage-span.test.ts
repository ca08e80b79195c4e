import { expect, it } from "vitest";
import { coverageSpan } from "./coverage-span";

const NOW = new Date("2026-03-29T12:34:56Z");

it.each([
  ["5m", "2026-03-29T08:30:00.000Z", "2026-03-29T12:30:00.000Z", "the last 4 hours"],
  ["hour", "2026-03-27T12:00:00.000Z", "2026-03-29T12:00:00.000Z", "the last 48 hours"],
  ["4h", "2026-03-21T12:00:00.000Z", "2026-03-29T12:00:00.000Z", "the last 8 days"],
  ["day", "2026-02-27T12:00:00.000Z", "2026-03-29T12:00:00.000Z", "the last 30 days"],
] as const)("looks back a fitting while for %s", (every, from, to, words) => {
  const span = coverageSpan(every, NOW);
  expect(span?.from.toISOString()).toBe(from);
  expect(span?.to.toISOString()).toBe(to);
  expect(span?.words).toBe(words);
});

it("has nothing to show for what runs once", () => {
  expect(coverageSpan("once", NOW)).toBeNull();
});
