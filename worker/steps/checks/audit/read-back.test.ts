import { describe, expect, it } from "vitest";
import type { Digest, Refusal } from "@/lib/destinations/stored-objects";
import type { Audited, Named } from "./audited";
import { noFacts } from "./facts";
import { type ReadingBack, readBack } from "./read-back";
import { everything, shareOf } from "./reading";

const named: Named = { kind: "file", key: "k", etag: "e", bytes: 10, sha256: "good", rows: 1 };

async function found(digest: Digest | Refusal, isDeep: boolean, one: Partial<Named> = {}) {
  const facts = noFacts();
  const judging: ReadingBack = {
    store: { see: async () => null, digest: async () => digest },
    reading: isDeep ? everything() : shareOf(1, 10, Date.now() + 60_000),
    ...{ isDeep, signal: new AbortController().signal, failures: { left: 1 } },
  };
  await readBack(judging, [{ audited: {} as Audited, named: { ...named, ...one }, facts }]);
  return facts;
}

describe.each([true, false])("an object that is read back (everything: %s)", (isDeep) => {
  const where = isDeep ? "unreadable" : "unread";

  it.each<[string, Digest | Refusal, object]>([
    ["the same", { sha256: "good", bytes: 10 }, { readBack: 1 }],
    ["other bytes", { sha256: "bad", bytes: 10 }, { changed: [named], isFoundByReading: true, readBack: 0 }],
    ["refused", "refused", { [where]: [{ named, why: "refused" }] }],
    ["in storage that needs a restore", "archived", { [where]: [{ named, why: "archived" }] }],
  ])("is %s", async (_, digest, facts) => {
    expect(await found(digest, isDeep)).toEqual({ ...noFacts(), ...facts });
  });

  it("is not compared without the hash of what was written", async () => {
    const { notes, ...rest } = await found({ sha256: "good", bytes: 10 }, isDeep, { sha256: null });
    expect(rest).toMatchObject({ readBack: 0, changed: [], unknown: [] });
    expect(notes).toHaveLength(isDeep ? 1 : 0);
  });
});
