import { describe, expect, it } from "vitest";
import { canonicalJson } from "@/lib/receipts/canonical";
import { newSigningKey, signed } from "@/lib/receipts/keys";
import { judgeLink } from "./judge-link";

const [EXPORT, OTHER, RUN] = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];
const key = newSigningKey();
const voids = { sequence: 1, sha256: "a", reason: "Its files were written again." };
const statement = {
  ...{ version: 2 as const, type: "void" as const, exportId: EXPORT, runId: RUN, sequence: 2, previous: "a" },
  ...{ committedAt: "2026-12-01T00:00:00.000Z", voids },
};
const expected = { exportId: EXPORT, keys: new Map([[key.kid, key.x]]) };
const text = (value: object) => canonicalJson(value);

describe("a stored receipt", () => {
  it("is taken if this installation signed it for the export", () => {
    const link = signed(statement, key);
    expect(judgeLink(text(link), expected)).toEqual(link);
  });

  it("of another export is left to that export", () => {
    const link = signed({ ...statement, exportId: OTHER }, newSigningKey());
    expect(judgeLink(text(link), expected)).toEqual(link);
  });

  it.each([
    ["that is no JSON", "{", "It isn't a version 2 receipt."],
    ["that is another document", "{}", "It isn't a version 2 receipt."],
    ["signed with an unknown key", text(signed(statement, newSigningKey())), /which this database doesn't have/],
    ["changed since", text({ ...signed(statement, key), sequence: 3 }), "Its signature doesn't match its bytes."],
  ])("%s is refused", (_, stored, why) => {
    expect(judgeLink(stored, expected)).toMatchObject({
      why: typeof why === "string" ? why : expect.stringMatching(why),
    });
  });
});
