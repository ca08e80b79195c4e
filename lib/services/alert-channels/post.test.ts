import { describe, expect, it } from "vitest";
import { refusal } from "./post";

describe("an answer's status", () => {
  it.each([200, 201, 204])("%i is success", (status) => expect(refusal(status)).toBeNull());

  it.each([
    [302, /redirects \(302\)/],
    [308, /redirects \(308\)/],
    [401, /refuses access \(401\)/],
    [410, /Nothing is at this URL \(410\)/],
    [500, /status 500/],
    [0, /status 0/],
  ])("%i is told", (status, words) => expect(refusal(status)).toMatch(words));
});
