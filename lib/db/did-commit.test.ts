import { describe, expect, it } from "vitest";
import { decide, shortId } from "./did-commit";
import { CommitUnknown } from "./errors";

const mark = { id: "7", server: "1 2" };

describe("a transaction without an answer to COMMIT", () => {
  it.each([
    ["was committed", { status: "committed", server: "1 2", isStandby: false }, true],
    ["was rolled back", { status: "aborted", server: "1 2", isStandby: false }, false],
    ["was rolled back before a crash", { status: "aborted", server: "3 4", isStandby: false }, false],
    ["isn't decided", { status: "in progress", server: "1 2", isStandby: false }, null],
    ["isn't decided by a standby", { status: "committed", server: "1 2", isStandby: true }, null],
  ] as const)("%s", (_, found, expected) => expect(decide(found, mark)).toBe(expected));

  it.each([
    { status: "committed", server: "1 4", isStandby: false },
    { status: null, server: "1 2", isStandby: false },
  ] as const)("is unknown: $status at $server", (found) => {
    expect(() => decide(found, mark)).toThrow(CommitUnknown);
  });
});

it("the lower half of a transaction's id is unsigned", () => {
  expect(shortId("12884901887")).toBe("4294967295");
  expect(shortId("7")).toBe("7");
});
