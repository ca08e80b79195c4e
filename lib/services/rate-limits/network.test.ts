import { describe, expect, it } from "vitest";
import { networkOf } from "./network";
import { refuse } from "./refuse";

describe("what counts as one address", () => {
  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["::ffff:203.0.113.9", "203.0.113.9"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"],
    ["2001:db8:1:2:ffff::", "2001:db8:1:2::"],
    ["elsewhere", "unknown"],
    [null, "unknown"],
  ])("%s is %s", (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });
});

describe("a refusal for now", () => {
  it.each([
    [1, "in 1 second.", 1],
    [1001, "in 2 seconds.", 2],
    [61_000, "in 61 seconds.", 61],
    [899_000, "in 15 minutes.", 899],
  ])("after %i ms says %s", (ms, words, seconds) => {
    const error = refuse("Too many.", ms);
    expect(error.message).toContain(words);
    expect(error).toMatchObject({ status: 429, retryAfterSeconds: seconds });
  });
});
