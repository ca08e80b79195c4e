import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../lib/receipts/canonical";
import { utf8 } from "../core/bytes";
import { readStatement } from "../core/statement";
import { nodeTools } from "../node/tools";
import { receipt } from "./receipt";

const problemOf = (text: string) => {
  const read = readStatement(utf8(text), nodeTools);
  return "problem" in read ? read.problem : null;
};
const ofDocument = (document: object) => problemOf(canonicalJson(document));

describe("a receipt", () => {
  it("may have members that are not known yet", () => {
    expect(ofDocument({ ...receipt, later: { a: 1 } })).toBeNull();
  });

  it("has all its members", () => {
    const absent = new Set(["genesis", "replaced", "replacements", "replacedCharacters", "tables"]);
    for (const name of Object.keys(receipt)) {
      if (absent.has(name)) continue;
      const { [name]: _, ...rest } = receipt as Record<string, unknown>;
      expect(ofDocument(rest), name).toMatch(name === "version" ? /version/ : `${name} is missing`);
    }
  });

  it.each([
    ["a count below zero", { rows: -1 }, "rows is not a whole number"],
    ["a count that a double can't hold", { rows: 2 ** 53 }, "rows is not a whole number"],
    ["a fraction", { bytes: 0.5 }, "bytes is not a whole number"],
    ["a time in another zone", { intervalStart: "2026-03-29T00:00:00.000+00:00" }, "intervalStart is not a time"],
    ["a time that isn't one", { intervalStart: "2026-02-30T00:00:00.000Z" }, "intervalStart is not a time"],
    ["a time without milliseconds", { committedAt: "2026-02-20T00:00:00Z" }, "committedAt is not a time"],
    ["an upper-case hash", { previous: "A".repeat(64) }, "previous is not a SHA-256"],
    ["another type", { type: "other" }, "type is not"],
    ["another format", { format: "orc" }, "format is not"],
    ["another algorithm", { signature: { ...receipt.signature, alg: "none" } }, "signature.alg is not"],
    ["more in its signature", { signature: { ...receipt.signature, more: 1 } }, "unknown member"],
    ["files that are not a list", { files: {} }, "files is not a list"],
    ["null where something has to be", { location: null }, "location is not an object"],
  ])("must not have %s", (_, change, problem) => {
    expect(ofDocument({ ...receipt, ...change })).toContain(problem);
  });

  it("has only one text: whatever else means the same is refused", () => {
    const text = canonicalJson(receipt);
    expect(problemOf(text)).toBeNull();
    fc.assert(
      fc.property(fc.nat({ max: text.length }), fc.constantFrom(" ", "\n", "\t"), (at, space) => {
        // Within a text, whitespace is another value: it changes the hash, and the signature is wrong.
        const other = text.slice(0, at) + space + text.slice(at);
        const read = readStatement(utf8(other), nodeTools);
        if (!("problem" in read)) expect(canonicalJson(read.document)).toBe(other);
      }),
    );
  });

  it.each([
    "",
    "null",
    "1",
    "[]",
    '"text"',
    "{}",
    '{"version":2}',
    "{",
    "\0",
    '{"version":1e999}',
    '{"version":"\\ud800"}',
  ])("is not %j", (text) => {
    expect(problemOf(text)).toEqual(expect.any(String));
  });

  it("may be nested as deep as it likes, without an overflow", () => {
    const deep = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    expect(problemOf(deep)).toEqual(expect.any(String));
  });
});
