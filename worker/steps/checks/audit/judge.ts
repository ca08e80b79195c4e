import type { Digest, Held, ObjectStore, Owner, Seen } from "@/lib/destinations/types";
import { ExportError } from "@/lib/errors";
import type { Named } from "./audited";
import { isOver, type Reading } from "./reading";

/**
 * What became of an object that a receipt names. `rewritten`: another ETag, though size and request id are right, and
 * its bytes were not read.
 */
export type Verdict =
  | "same"
  | "rewritten"
  | "changed"
  | "missing"
  | "refused"
  | { unknown: string; isTemporary: boolean };

export const isSame = ({ etag, bytes }: Named, held: Held | undefined): boolean =>
  held !== undefined && (etag === null || held.etag === etag) && (bytes === null || held.bytes === bytes);

export interface Judging {
  store: Pick<ObjectStore, "see" | "digest">;
  reading: Reading;
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
    if (seen.bytes !== named.bytes) return "changed";
    if (seen.writer === null) return "refused";
    if (!isBy(seen.writer, await owner())) return "changed";
    // Copying an object onto itself, as for another encryption or storage class, changes its ETag and nothing else.
    if (named.sha256 === null || isOver(judging.reading)) return "rewritten";
    return readAgain(judging, named);
  });
}

/**
 * Reads a file back and compares its SHA-256. An equal hash means equal bytes, and so equal rows: they are not counted
 * again.
 */
export const compareBytes = (judging: Judging, named: Named): Promise<Verdict> =>
  patient(judging, () => readAgain(judging, named));

/** Bytes may be damaged on their way: only what is wrong twice counts. */
async function readAgain({ store, reading, signal }: Judging, { key, sha256 }: Named): Promise<Verdict> {
  let digest: Digest | "refused" | null = null;
  for (const _ of [1, 2]) {
    digest = await store.digest(key, signal);
    if (digest === null) return (await store.see(key)) === null ? "missing" : "refused";
    if (digest === "refused") return "refused";
    reading.left -= digest.bytes;
    if (digest.sha256 === sha256) return "same";
  }
  return "changed";
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
