import { describe, expect, it } from "vitest";
import { MINUTE } from "@/lib/units";
import { nextTry } from "./backoff";

const queued = new Date("2026-11-24T10:00:00Z");
const minute = (minutes: number) => new Date(queued.getTime() + minutes * MINUTE);

describe("the next try", () => {
  it.each([
    [1, 0, 1],
    [2, 1, 2],
    [3, 3, 4],
    [6, 31, 32],
    [7, 63, 60],
    [8, 123, 60],
    [5000, 1439, 60],
  ])("after the %i. comes after %i minutes another %i later", (attempts, minutes, wait) => {
    expect(nextTry(attempts, queued, minute(minutes))).toEqual(minute(minutes + wait));
  });

  it("comes never once a day is over", () => {
    expect(nextTry(9, queued, minute(24 * 60))).toBeNull();
    expect(nextTry(1, queued, minute(30 * 60))).toBeNull();
  });
});
