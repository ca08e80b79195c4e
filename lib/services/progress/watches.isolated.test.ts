import { beforeEach, expect, it, vi } from "vitest";
import { loadFacts } from "./load";
import { watchOf } from "./watches";

vi.mock("./load", () => ({ loadFacts: vi.fn() }));

const EMPTY = { at: 0, activeRuns: 0, runs: [], historicExports: [] };

beforeEach(() => {
  vi.mocked(loadFacts).mockReset().mockResolvedValue(EMPTY);
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const viewer = () => ({ onProgress: vi.fn(), onError: vi.fn() });

it("asks once for all who watch an export, every 2 seconds, and never again after the last", async () => {
  const viewers = Array.from({ length: 20 }, viewer);
  const leave = viewers.map((one) => watchOf("shared").add(one));
  await vi.advanceTimersByTimeAsync(6_100);
  expect(loadFacts).toHaveBeenCalledTimes(3);
  for (const { onProgress } of viewers) expect(onProgress).toHaveBeenCalledTimes(3);
  for (const end of leave) end();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(loadFacts).toHaveBeenCalledTimes(3);
});

it("answers who polls from what others asked for within a second", async () => {
  await Promise.all([watchOf("polled").current(), watchOf("polled").current()]);
  await watchOf("polled").current();
  expect(loadFacts).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1_100);
  await watchOf("polled").current();
  expect(loadFacts).toHaveBeenCalledTimes(2);
});

it("tells those who watch that the ledger can't be asked, and asks again", async () => {
  const one = viewer();
  vi.mocked(loadFacts).mockRejectedValueOnce(new Error("away"));
  const leave = watchOf("failing").add(one);
  await vi.advanceTimersByTimeAsync(4_100);
  expect(one.onError).toHaveBeenCalledTimes(1);
  expect(one.onProgress).toHaveBeenCalledTimes(1);
  leave();
});

it("forgets exports that nobody asks about", async () => {
  const watch = watchOf("forgotten");
  await watch.current();
  expect(watchOf("forgotten")).toBe(watch);
  await vi.advanceTimersByTimeAsync(31_000);
  watchOf("another");
  expect(watchOf("forgotten")).not.toBe(watch);
});
