import { describe, expect, it } from "vitest";
import type { Digest, Refusal, Seen } from "@/lib/destinations/stored-objects";
import { ExportError } from "@/lib/errors";
import type { Named } from "./audited";
import { compareBytes, type Judging, judge } from "./judge";

const named: Named = { kind: "file", key: "k", etag: "e", bytes: 3, sha256: "s", rows: 1 };
const writer = { requestId: "mine", exportId: "x", mark: "m" };
const owner = async () => ({ exportId: "x", requestIds: new Set(["mine", "earlier"]) });
const outage = new ExportError({ code: "storage_error", message: "No answer.", fix: null, retryable: true });

type Answer<T> = T | Refusal | null | Error;
const answer = async <T>(value: Answer<T>) => {
  if (value instanceof Error) throw value;
  return value;
};

function judging(seen: Seen | "refused" | null | Error, digests: Answer<Digest>[] = []): Judging {
  const rest = [...digests];
  const store = { see: () => answer(seen), digest: () => answer(rest.shift() ?? null) };
  return { store, signal: new AbortController().signal, failures: { left: 1 } } as Judging;
}

const same: Digest = { sha256: "s", bytes: 3 };
const other: Digest = { sha256: "t", bytes: 3 };
const held = (values: Partial<Seen> = {}): Seen => ({ etag: "f", bytes: 3, writer, ...values });

describe("an object that a listing does not show as it was written", () => {
  it.each<[string, Judging, unknown]>([
    ["is gone", judging(null), "missing"],
    ["can't be looked at", judging("refused"), "refused"],
    ["is there: the listing was late", judging(held({ etag: "e" })), "same"],
    ["has another size", judging(held({ bytes: 4 })), "changed"],
    ["has metadata that can't be read", judging(held({ writer: null })), "refused"],
    ["is of another run", judging(held({ writer: { ...writer, requestId: "other" } })), "changed"],
    ["is of another export", judging(held({ writer: { ...writer, exportId: "y" } })), "changed"],
    ["has no metadata", judging(held({ writer: { requestId: null, exportId: null, mark: null } })), "changed"],
    [
      "was written by an earlier version of Penstock",
      judging(held({ writer: { ...writer, requestId: "earlier", exportId: null } })),
      { rewritten: "f" },
    ],
    ["was rewritten, so that only its bytes say more", judging(held()), { rewritten: "f" }],
    ["can't be looked at, for an outage", judging(outage), { unknown: "No answer.", isTemporary: true }],
  ])("%s", async (_, given, verdict) => {
    expect(await judge(given, named, owner)).toEqual(verdict);
  });

  it("ends the audit if the storage fails on several", async () => {
    const given = judging(outage);
    await judge(given, named, owner);
    await expect(judge(given, named, owner)).rejects.toBe(outage);
  });
});

describe("an object that is read back", () => {
  const compare = (given: Judging, one: Named = named) => compareBytes(given, one, { left: 1000 });

  it.each<[string, Judging, unknown]>([
    ["is the same", judging(held(), [same]), "same"],
    ["differs", judging(held(), [other, other]), "changed"],
    ["was damaged on its way", judging(held(), [other, same]), "same"],
    ["is gone", judging(null, [null]), "missing"],
    ["may not be read", judging(held(), ["refused"]), "refused"],
    ["needs a restore", judging(held(), ["archived"]), "archived"],
  ])("%s", async (_, given, verdict) => {
    expect(await compare(given)).toEqual(verdict);
  });

  it("is a manifest of an earlier version, whose metadata has its hash, or is not compared", async () => {
    const [hash, manifest] = ["a".repeat(64), { ...named, kind: "manifest" as const, sha256: null }];
    const marked = held({ writer: { ...writer, mark: hash } });
    expect(await compare(judging(marked, [{ sha256: hash, bytes: 3 }]), manifest)).toBe("same");
    expect(await compare(judging(marked, [other, other]), manifest)).toBe("changed");
    expect(await compare(judging(held()), manifest)).toBe("unproven");
    expect(await compare(judging("refused"), manifest)).toBe("unproven");
    // A file's metadata says only which attempt wrote it.
    expect(await compare(judging(marked), { ...manifest, kind: "file" })).toBe("unproven");
  });

  it("counts against what may be read", async () => {
    const budget = { left: 1000 };
    await compareBytes(judging(held(), [other, other]), named, budget);
    expect(budget.left).toBe(1000 - 6);
  });
});
