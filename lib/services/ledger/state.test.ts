import { describe, expect, it } from "vitest";
import { statesBefore } from "./state";

describe("statesBefore", () => {
  it.each([
    ["Starting", []],
    ["Running", ["Starting", "Running"]],
    ["Completed", ["Running"]],
    ["Failed", ["Starting", "Running"]],
    ["Cancelled", ["Starting", "Running"]],
  ] as const)("%s", (state, before) => {
    expect(statesBefore(state)).toEqual(before);
  });
});
