import { describe, expect, it } from "vitest";
import { MOST_NAMED } from "@/lib/fields/checks";
import type { Audited, Named } from "./audited";
import { conclude, type Facts, noFacts } from "./facts";

const file = (key: string, rows = 1): Named => ({ kind: "file", key, etag: "e", bytes: 1, sha256: "s", rows });
const audited = { run: { rows: 10 }, named: [file("a", 4), file("b", 6), file("m", 0)] } as unknown as Audited;
const outcome = (facts: Partial<Facts>, isDeep = false) => conclude(audited, { ...noFacts(), ...facts }, isDeep);

describe("the conclusion of an audit", () => {
  const [missing, changed, unreadable, extra] = [[file("a", 4)], [file("b", 6)], [file("b", 6)], ["x"]];

  it.each<[string, Partial<Facts>, number | null]>([
    ["intact", {}, 10],
    ["extra", { extra }, 10],
    ["unknown", { unknown: "No answer.", extra }, null],
    ["unreadable", { unreadable, unknown: "No answer.", extra }, null],
    ["changed", { changed, unreadable, extra }, null],
    ["missing", { missing, extra }, 6],
    ["missing", { missing, changed, unreadable, extra }, null],
  ])("is %s", (expected, facts, rows) => {
    expect(outcome(facts)).toMatchObject({ outcome: expected, expected: { rows: 10 }, found: { rows } });
  });

  it("counts in its reason, and names at most some keys", () => {
    const many = Array.from({ length: MOST_NAMED + 5 }, (_, n) => file(`k${n}`));
    const { reason, found } = conclude({ ...audited, named: many }, { ...noFacts(), missing: many }, false);
    expect(reason).toBe("25 of the 25 objects that the receipt names are missing.");
    expect(found.missing).toHaveLength(MOST_NAMED);
    expect(outcome({ missing, extra, notes: ["More."] }).reason).toBe(
      "1 of the 3 objects that the receipt names is missing. 1 object of this window is beside what the receipt names. More.",
    );
  });

  it("is deep if bytes were read, and has no reason if all is well", () => {
    expect(outcome({})).toMatchObject({ kind: "destination", reason: null });
    expect(outcome({ readBack: 1 }).kind).toBe("deep");
    expect(outcome({}, true).kind).toBe("deep");
  });
});
