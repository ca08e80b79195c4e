import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MIB, MINUTE } from "../units";
import { watchFlow } from "./stalled";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Whether a destination that takes so many bytes per minute is given up within an hour. */
function isGivenUp(perMinute: (minute: number) => number, isWaiting: (minute: number) => boolean = () => true) {
  let minute = 0;
  let taken = 0;
  const end = vi.fn();
  const stop = watchFlow({ isWaiting: () => isWaiting(minute), taken: () => taken }, end);
  for (; minute < 60; minute += 1) {
    taken += perMinute(minute);
    vi.advanceTimersByTime(MINUTE);
  }
  stop();
  return end.mock.calls.length > 0;
}

describe("a destination that bytes wait for", () => {
  it.each([
    ["takes nothing", () => 0, true],
    ["takes a trickle", () => 1000, true],
    ["takes little, but steadily", () => MIB / 4, false],
    ["takes much at long intervals", (minute: number) => (minute % 4 === 0 ? MIB : 0), false],
    ["stops after half an hour", (minute: number) => (minute < 30 ? MIB : 0), true],
  ])("and that %s: given up %#", (_, perMinute, expected) => {
    expect(isGivenUp(perMinute)).toBe(expected);
  });

  it("is not to blame while the source gives nothing", () => {
    expect(
      isGivenUp(
        () => 0,
        () => false,
      ),
    ).toBe(false);
    expect(
      isGivenUp(
        () => 0,
        (minute) => minute % 3 === 0,
      ),
    ).toBe(false);
  });

  it("is given up once, with an error that is tried again", () => {
    const end = vi.fn();
    watchFlow({ isWaiting: () => true, taken: () => 0 }, end);
    vi.advanceTimersByTime(30 * MINUTE);
    expect(end).toHaveBeenCalledTimes(1);
    expect(end.mock.calls[0]?.[0]).toMatchObject({ failure: { code: "destination_stalled", retryable: true } });
  });

  it("is not looked at any more once the file has ended", () => {
    const end = vi.fn();
    watchFlow({ isWaiting: () => true, taken: () => 0 }, end)();
    vi.advanceTimersByTime(30 * MINUTE);
    expect(end).not.toHaveBeenCalled();
  });
});
