import { describe, expect, it } from "vitest";
import { MOST_NAMED } from "@/lib/fields/checks";
import type { Audited, Named } from "./audited";
import { type Asked, conclude, type Facts, noFacts, type Unread } from "./facts";

const file = (key: string, rows = 1): Named => ({ kind: "file", key, etag: "e", bytes: 1, sha256: "s", rows });
const audited = { run: { rows: 10 }, named: [file("a", 4), file("b", 6), file("m", 0)] } as unknown as Audited;
const conclusion = (facts: Partial<Facts>, asked: Partial<Asked> = {}) =>
  conclude(audited, { ...noFacts(), ...facts }, { isDeep: false, expectDeletion: false, ...asked });
const unreadAs = (why: Unread["why"]) => [{ named: file("b", 6), why }];

const [missing, changed, extra, unknown] = [[file("a", 4)], [file("b", 6)], ["x"], ["No answer."]];
const [unreadable, hidden] = [unreadAs("refused"), unreadAs("hidden")];
const isTemporary = true;

describe("the conclusion of an audit", () => {
  it.each<[string, Partial<Facts>, number | null]>([
    ["intact", {}, 10],
    ["intact", { unread: unreadable }, 10],
    ["extra", { extra }, 10],
    ["extra", { unknown, extra }, null],
    ["unknown", { unknown }, null],
    ["unknown", { unknown, extra, isTemporary }, null],
    ["unreadable", { unreadable, unknown, extra, isTemporary }, null],
    ["unreadable", { unreadable: hidden }, null],
    ["changed", { changed, unreadable, extra }, null],
    ["missing", { missing, extra }, 6],
    ["missing", { missing, changed, unreadable, extra }, null],
  ])("is %s", (outcome, facts, rows) => {
    expect(conclusion(facts)).toMatchObject({ outcome, expected: { rows: 10 }, found: { rows } });
  });

  it.each<[string, Partial<Facts>]>([
    ["intact", {}],
    ["missing", { missing }],
    ["missing", { missing, unknown }],
    ["changed", { missing, changed, unreadable, extra }],
    ["unreadable", { missing, unreadable, extra }],
    ["extra", { missing, extra }],
    ["unknown", { missing, unknown, isTemporary }],
    ["unknown", { unreadable: hidden }],
    ["missing", { missing, unreadable: hidden }],
  ])("is %s where consumers delete files", (outcome, facts) => {
    expect(conclusion(facts, { expectDeletion: true }).outcome).toBe(outcome);
  });

  it("is to be repeated only if it is unknown for now", () => {
    expect(conclusion({ unknown, isTemporary })).toMatchObject({ isTemporary: true });
    expect(conclusion({ unknown }).isTemporary).toBeUndefined();
    expect(conclusion({ changed, unknown, isTemporary }).isTemporary).toBeUndefined();
  });

  it("counts in its reason, and names at most some keys", () => {
    const many = Array.from({ length: MOST_NAMED + 5 }, (_, n) => file(`k${n}`));
    const asked = { isDeep: false, expectDeletion: false };
    const { reason, found } = conclude({ ...audited, named: many }, { ...noFacts(), missing: many }, asked);
    expect(reason).toBe("25 of the 25 objects in the receipt are missing.");
    expect(found.missing).toHaveLength(MOST_NAMED);
  });

  it.each<[string, Partial<Facts>]>([
    [
      "1 of the 3 objects in the receipt is missing. 1 object of this window is not in the receipt. More.",
      { missing, extra, notes: ["More."] },
    ],
    ["1 of the 3 objects in the receipt is different from what was written. No answer.", { changed, unknown }],
    ["1 of the 3 objects in the receipt is unreadable: b.", { unreadable }],
    ["1 of the 3 objects in the receipt is missing or can't be read: b.", { unreadable: hidden }],
    [
      "1 of the 3 objects in the receipt is in a storage class that needs a restore before it can be read: b.",
      { unreadable: unreadAs("archived") },
    ],
    ["1 of the 3 objects in the receipt couldn't be read back: b.", { unread: unreadable }],
    [
      "1 of the 3 objects in the receipt couldn't be read back, because its storage class needs a restore first: b.",
      { unread: unreadAs("archived") },
    ],
  ])("has the reason: %s", (reason, facts) => {
    expect(conclusion(facts).reason).toBe(reason);
  });

  it("has no reason if all is well", () => {
    expect(conclusion({})).toMatchObject({ outcome: "intact", reason: null });
  });
});

describe("the kind of a conclusion", () => {
  it.each<[string, Partial<Facts>, boolean]>([
    ["destination", {}, false],
    ["destination", { readBack: 2 }, false],
    ["deep", { readBack: 3 }, false],
    ["deep", { readBack: 3 }, true],
    // A listing shows it too, so a later one may say that all is well again.
    ["destination", { readBack: 1, changed }, false],
    ["deep", { readBack: 1, changed, isFoundByReading: true }, false],
    ["deep", { readBack: 2, changed }, true],
    ["deep", { missing }, true],
    ["deep", { unknown }, true],
    // Nothing is said to be right that was not read.
    ["destination", { readBack: 2 }, true],
    ["destination", { readBack: 2, extra }, true],
  ])("is %s (%j, asked to read all: %s)", (kind, facts, isDeep) => {
    expect(conclusion(facts, { isDeep }).kind).toBe(kind);
  });

  it("is deep of a window without objects only if asked to read all", () => {
    const kindOf = (isDeep: boolean) =>
      conclude({ ...audited, named: [] }, noFacts(), { isDeep, expectDeletion: false }).kind;
    expect([kindOf(true), kindOf(false)]).toEqual(["deep", "destination"]);
  });
});
