import { describe, expect, it } from "vitest";
import { blockedBy, isResting } from "./blocked";

const verifiedAt = new Date();

describe("an export's schedule", () => {
  it.each([
    [false, verifiedAt, true, null, false],
    [true, verifiedAt, true, null, true],
    [false, verifiedAt, false, "connection_off", true],
    [false, null, true, "connection_unverified", true],
    [false, null, false, "connection_unverified", true],
  ])("paused %s, verified %s, automatic %s: blocked by %s, resting %s", (paused, verified, automatic, by, resting) => {
    const connection = { verifiedAt: verified, automatic };
    expect(blockedBy(connection)).toBe(by);
    expect(isResting({ paused }, connection)).toBe(resting);
  });
});
