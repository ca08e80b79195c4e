import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unaccounted } from "./ask-source";

const NAMES = ["olderVersions", "deleted", "duplicates", "excludedByEvent", "excludedByProperty", "selected"] as const;
const counts = fc.record(Object.fromEntries(NAMES.map((name) => [name, fc.nat(1_000_000)])));

describe("an account", () => {
  it("adds up if every row is in exactly one count, and says by how many rows it does not", () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: -1000, max: 1000 }), (each, off) => {
        const all = NAMES.reduce((sum, name) => sum + each[name]!, 0);
        const account = { table: "events", inWindow: all + off, expandedTo: 0, ...each } as never;
        expect(unaccounted(account)).toBe(off);
      }),
    );
  });
});
