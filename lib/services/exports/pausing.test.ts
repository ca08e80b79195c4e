import { describe, expect, it } from "vitest";
import { byPerson, pausing } from "./pausing";

const now = new Date("2026-11-24T10:00:00Z");
const running = { paused: false, pause: null, failuresInRow: 2 };
const bySelf = {
  paused: true,
  pause: { ...byPerson(new Date(0)), by: "failures" as const, since: "2026-11-24T06:00:00.000Z", failures: 3 },
  failuresInRow: 3,
};

describe("pausing by a person", () => {
  it.each([
    ["pauses and says who", running, true, { ...running, paused: true, pause: byPerson(now) }],
    ["keeps the reason of an export that paused itself", bySelf, true, bySelf],
    ["resumes and forgives the failures", bySelf, false, { paused: false, pause: null, failuresInRow: 0 }],
    ["keeps counting where nothing was paused", running, false, running],
  ])("%s", (_, stored, paused, expected) => {
    // A stored row has more fields, which must not be returned.
    const row = { ...stored, name: "stored" };
    expect(pausing(row, paused, now)).toEqual(expected);
  });
});
