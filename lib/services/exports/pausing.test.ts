import { describe, expect, it } from "vitest";
import { byActor, pausing } from "./pausing";

const ada = { kind: "user" as const, userId: "u1", name: "ada@example.com" };
const now = new Date("2026-11-24T10:00:00Z");
const running = { paused: false, pause: null, failuresInRow: 2 };
const bySelf = {
  paused: true,
  pause: { ...byActor(ada, new Date(0)), by: "failures" as const, since: "2026-11-24T06:00:00.000Z", failures: 3 },
  failuresInRow: 3,
};

describe("pausing", () => {
  it.each([
    ["pauses and says who", running, true, { ...running, paused: true, pause: byActor(ada, now) }],
    ["keeps the reason of an export that paused itself", bySelf, true, bySelf],
    ["resumes and forgives the failures", bySelf, false, { paused: false, pause: null, failuresInRow: 0 }],
    ["keeps counting where nothing was paused", running, false, running],
  ])("%s", (_, stored, paused, expected) => {
    // A stored row has more fields, which must not be returned.
    const row = { ...stored, name: "stored" };
    expect(pausing(row, paused, ada, now)).toEqual(expected);
  });
});

it("an API key pauses by its name", () => {
  const key = { kind: "key" as const, userId: null, name: "Nightly" };
  expect(pausing(running, true, key, now).pause).toMatchObject({ by: "person", keyName: "Nightly" });
});
