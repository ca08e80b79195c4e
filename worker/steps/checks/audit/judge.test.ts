import { describe, expect, it } from "vitest";
import type { Digest, Seen } from "@/lib/destinations/types";
import { ExportError } from "@/lib/errors";
import type { Named } from "./audited";
import { compareBytes, type Judging, judge } from "./judge";
import { onlyDoubts } from "./reading";

const named: Named = { kind: "file", key: "k", etag: "e", bytes: 3, sha256: "s", rows: 1 };
const writer = { requestId: "mine", exportId: "x" };
const owner = async () => ({ exportId: "x", requestIds: new Set(["mine", "earlier"]) });
const outage = new ExportError({ code: "storage_error", message: "No answer.", fix: null, retryable: true });

type Answer<T> = T | "refused" | null | Error;
const answer = async <T>(value: Answer<T>) => {
  if (value instanceof Error) throw value;
  return value;
};

function judging(seen: Answer<Seen>, digests: Answer<Digest>[] = [], left = 1000): Judging {
  const rest = [...digests];
  const store = { see: () => answer(seen), digest: () => answer(rest.shift() ?? null) };
  return { store, reading: { ...onlyDoubts(), left }, signal: new AbortController().signal, failures: { left: 1 } };
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
    ["is of another run", judging(held({ writer: { requestId: "other", exportId: "x" } })), "changed"],
    ["is of another export", judging(held({ writer: { requestId: "mine", exportId: "y" } })), "changed"],
    ["has no metadata", judging(held({ writer: { requestId: null, exportId: null } })), "changed"],
    [
      "was written by an earlier version of Penstock",
      judging(held({ writer: { requestId: "earlier", exportId: null } }), [same]),
      "same",
    ],
    ["was rewritten with the same bytes", judging(held(), [same]), "same"],
    ["was rewritten with other bytes", judging(held(), [other, other]), "changed"],
    ["was damaged on its way", judging(held(), [other, same]), "same"],
    ["was rewritten, and nothing more may be read", judging(held(), [], 0), "rewritten"],
    ["may not be read", judging(held(), ["refused"]), "refused"],
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

describe("a file that is read back", () => {
  it.each<[string, Judging, unknown]>([
    ["is the same", judging(held(), [same]), "same"],
    ["differs", judging(held(), [other, other]), "changed"],
    ["is gone by now", judging(null, [null]), "missing"],
    ["may not be read", judging(held(), ["refused"]), "refused"],
  ])("%s", async (_, given, verdict) => {
    expect(await compareBytes(given, named)).toEqual(verdict);
  });

  it("counts against what may be read", async () => {
    const given = judging(held(), [other, other]);
    await compareBytes(given, named);
    expect(given.reading.left).toBe(1000 - 6);
  });
});
