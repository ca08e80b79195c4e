import { describe, expect, it } from "vitest";
import type { Digest, Refusal } from "@/lib/destinations/stored-objects";
import type { Audited, Named } from "./audited";
import { type Doubt, settleDoubts } from "./doubts";
import { noFacts } from "./facts";
import type { ReadingBack } from "./read-back";
import { onlyDoubts } from "./reading";

const GOOD: Digest = { sha256: "good", bytes: 10 };

/** A window of rewritten objects with 10 bytes each. */
function windowOf(count: number, name: string): { facts: ReturnType<typeof noFacts>; doubts: Doubt[] } {
  const [audited, facts] = [{} as Audited, noFacts()];
  const named = (nth: number): Named => ({
    ...{ kind: "file", key: `${name}${nth}`, etag: "e", bytes: 10, sha256: "good", rows: 1 },
  });
  const doubts = Array.from({ length: count }, (_, nth) => ({
    subject: { audited, named: named(nth), facts },
    etag: "f",
  }));
  return { facts, doubts };
}

function judging(digest: Digest | Refusal, left = 30, values: Partial<ReadingBack> = {}) {
  const read: string[] = [];
  const store = {
    see: async () => null,
    digest: async (key: string) => {
      read.push(key);
      return digest;
    },
  };
  const reading = { ...onlyDoubts(), doubts: { left, most: 30 } };
  const given: ReadingBack = {
    ...{ store, reading, isDeep: false, signal: new AbortController().signal, failures: { left: 1 }, ...values },
  };
  return { given, read };
}

const later = { unknown: [expect.stringContaining("haven't been read back yet")], isTemporary: true, readBack: 0 };

describe("rewritten objects", () => {
  it("are read back, once for each ETag", async () => {
    const { given, read } = judging(GOOD);
    const { facts, doubts } = windowOf(2, "once");
    await settleDoubts(given, "a", doubts);
    expect(facts).toMatchObject({ ...noFacts(), readBack: 2 });
    await settleDoubts(given, "a", doubts);
    expect(read).toHaveLength(2);
    await settleDoubts(given, "elsewhere", doubts.slice(0, 1));
    expect(read).toHaveLength(3);
    await settleDoubts({ ...given, isDeep: true }, "a", doubts.slice(0, 0));
    expect(given.reading.doubts.left).toBe(0);
  });

  it("are read back again by a deep check", async () => {
    const { given, read } = judging(GOOD);
    const { doubts } = windowOf(1, "deep");
    await settleDoubts(given, "a", doubts);
    await settleDoubts({ ...given, isDeep: true }, "a", doubts);
    expect(read).toHaveLength(2);
  });

  it("are unknown for now if the budget or the time is over, window by window", async () => {
    const { given, read } = judging(GOOD, 20);
    const [first, second] = [windowOf(2, "budget-a"), windowOf(1, "budget-b")];
    await settleDoubts(given, "a", [...first.doubts, ...second.doubts]);
    expect(first.facts).toMatchObject({ unknown: [], readBack: 2 });
    expect(second.facts).toMatchObject(later);
    const late = windowOf(1, "late");
    const reading = { ...onlyDoubts(), until: Date.now() - 1 };
    await settleDoubts({ ...given, reading }, "a", late.doubts);
    expect(late.facts).toMatchObject(later);
    expect(read).toHaveLength(2);
  });

  it("are unknown for good if they exceed every budget, and say what reads them", async () => {
    const { given, read } = judging(GOOD);
    const { facts, doubts } = windowOf(4, "large");
    await settleDoubts(given, "a", doubts);
    expect(facts).toMatchObject({ unknown: [expect.stringContaining("Start a deep check")], isTemporary: false });
    expect(read).toEqual([]);
  });

  it.each<[string, Digest | Refusal, boolean, object]>([
    ["changed", { sha256: "bad", bytes: 10 }, false, { changed: [{}], isFoundByReading: false }],
    ["unreadable", "refused", false, { unreadable: [{ why: "refused" }] }],
    ["unreadable in storage that needs a restore", "archived", true, { unreadable: [{ why: "archived" }] }],
    ["unknown in storage that needs a restore", "archived", false, { unknown: [expect.stringContaining("restore")] }],
  ])("are %s", async (name, digest, isDeep, found) => {
    const { given } = judging(digest, 30, { isDeep });
    const { facts, doubts } = windowOf(1, name);
    await settleDoubts(given, "a", doubts);
    expect(facts).toMatchObject({ ...found, isTemporary: false });
  });

  it("are unknown if the hash of what was written is not known", async () => {
    const { given } = judging(GOOD);
    const { facts, doubts } = windowOf(1, "old");
    doubts[0]!.subject.named.sha256 = null;
    await settleDoubts(given, "a", doubts);
    expect(facts).toMatchObject({ unknown: [expect.stringContaining("didn't record")], isTemporary: false });
  });
});
