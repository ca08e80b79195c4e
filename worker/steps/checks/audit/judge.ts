import type { Digest, Held, Refusal, Seen } from "@/lib/destinations/stored-objects";
import type { ObjectStore } from "@/lib/destinations/types";
import type { Owner } from "@/lib/destinations/upload-types";
import { ExportError } from "@/lib/errors";
import type { Named } from "./audited";
import type { Budget } from "./reading";

/** What can't be found out, and whether it may be soon. */
export interface Unknown {
  unknown: string;
  isTemporary: boolean;
}

/** What became of an object that a receipt names. */
export type Verdict =
  | "same"
  | "changed"
  | "missing"
  | Refusal
  /** Its bytes can't be compared: the SHA-256 of those that were written is not known. */
  | "unproven"
  /** It has another ETag, though size and request id are right: only its bytes say whether it is the same. */
  | { rewritten: string }
  | Unknown;

export const isSame = ({ etag, bytes }: Named, held: Held | undefined): boolean =>
  held !== undefined && (etag === null || held.etag === etag) && (bytes === null || held.bytes === bytes);

export interface Judging {
  store: Pick<ObjectStore, "see" | "digest">;
  signal: AbortSignal;
  /** Requests of single objects that may fail before the storage counts as out of order. */
  failures: { left: number };
}

/** Looks at one object that a listing did not show as it was written. */
export async function judge(judging: Judging, named: Named, owner: () => Promise<Owner>): Promise<Verdict> {
  return patient(judging, async () => {
    const seen = await judging.store.see(named.key);
    if (seen === null) return "missing";
    if (seen === "refused") return "refused";
    if (isSame(named, seen)) return "same";
    if (named.bytes !== null && seen.bytes !== named.bytes) return "changed";
    if (seen.writer === null) return "refused";
    if (!isBy(seen.writer, await owner())) return "changed";
    // Copying an object onto itself, as for another encryption or storage class, changes its ETag and nothing else.
    return { rewritten: seen.etag };
  });
}

/**
 * Reads an object back and compares its SHA-256. An equal hash means equal bytes, and so equal rows: they are not
 * counted again.
 */
export const compareBytes = (judging: Judging, named: Named, budget: Budget): Promise<Verdict> =>
  patient(judging, async () => {
    const sha256 = named.sha256 ?? (await markOf(judging.store, named));
    return sha256 === null ? "unproven" : readAgain(judging, { key: named.key, sha256 }, budget);
  });

/** Bytes may be damaged on their way: only what is wrong twice counts. */
async function readAgain(
  { store, signal }: Judging,
  { key, sha256 }: { key: string; sha256: string },
  budget: Budget,
): Promise<Verdict> {
  let digest: Digest | Refusal | null = null;
  for (const _ of [1, 2]) {
    digest = await store.digest(key, signal);
    if (digest === null) return (await store.see(key)) === null ? "missing" : "refused";
    if (typeof digest === "string") return digest;
    budget.left -= digest.bytes;
    if (digest.sha256 === sha256) return "same";
  }
  return "changed";
}

/** The SHA-256 that a manifest's metadata says: the ledger has none of those that earlier versions committed. */
async function markOf(store: Judging["store"], { kind, key }: Named): Promise<string | null> {
  const seen = kind === "manifest" ? await store.see(key) : null;
  const mark = seen && seen !== "refused" ? (seen.writer?.mark ?? "") : "";
  return /^[0-9a-f]{64}$/.test(mark) ? mark : null;
}

const isBy = ({ requestId, exportId }: NonNullable<Seen["writer"]>, owner: Owner): boolean =>
  owner.requestIds.has(requestId ?? "") && (exportId === null || exportId === owner.exportId);

/** A single object that the storage fails on doesn't hide what is found of the others. */
async function patient(judging: Judging, work: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await work();
  } catch (error) {
    judging.signal.throwIfAborted();
    if (!(error instanceof ExportError)) throw error;
    judging.failures.left -= 1;
    if (judging.failures.left < 0) throw error;
    return { unknown: error.message, isTemporary: error.failure.retryable };
  }
}
