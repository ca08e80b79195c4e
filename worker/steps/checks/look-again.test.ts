import { describe, expect, it } from "vitest";
import { LOOK_NAMES, type Look } from "@/lib/fields/checks";
import { looksDue } from "./look-again";

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400];

describe("the looks that are due", () => {
  it.each<[string, number, number, Look[], Look[]]>([
    ["none too early", 0, 9 * MINUTE, LOOK_NAMES, []],
    ["the first", 0, 10 * MINUTE, LOOK_NAMES, ["10m"]],
    ["the second", 11 * MINUTE, HOUR, LOOK_NAMES, ["1h"]],
    ["all that were missed", 0, 2 * DAY, LOOK_NAMES, ["10m", "1h", "1d"]],
    ["none between two", 2 * HOUR, 3 * HOUR, LOOK_NAMES, []],
    ["only what the export asks for", 0, 8 * DAY, ["1h", "7d"], ["1h", "7d"]],
    ["none after the last", 31 * DAY, 90 * DAY, LOOK_NAMES, []],
    ["none while the clock is behind the commit", 0, -HOUR, LOOK_NAMES, []],
    ["all at once after the clock has jumped, and none again once it is right", 31 * DAY, HOUR, LOOK_NAMES, []],
    ["none if they are off", 0, 90 * DAY, [], []],
  ])("%s", (_, looked, age, looks, due) => {
    expect(looksDue({ looked, age, looks })).toEqual(due);
  });
});
