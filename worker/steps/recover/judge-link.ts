import { type ChainLink, receiptV2Schema, voidLinkSchema } from "@/lib/fields/receipt";
import { isSignedBy } from "@/lib/receipts/keys";
import { MIB } from "@/lib/units";

/** Bytes of a receipt at most: one with 100,000 files has about 30 MB. */
export const MOST_OF_RECEIPT = 64 * MIB;

/** What a stored receipt must match. */
export interface Expected {
  exportId: string;
  /** Public parts of the keys that sign receipts, by id. */
  keys: ReadonlyMap<string, string>;
}

/** Why a stored object is not taken over, as a sentence. */
export interface Refused {
  why: string;
  /** Whether it may be a receipt of this installation all the same: its window may have been exported. */
  isDoubtful: boolean;
}

/**
 * Reads a stored link of an export's chain, unless it isn't one that this installation signed. One of another export is
 * returned unchecked.
 */
export function judgeLink(text: string, { exportId, keys }: Expected): ChainLink | Refused {
  const link = readLink(text);
  if (link === null) return { why: "It isn't a version 2 receipt.", isDoubtful: false };
  if (link.exportId !== exportId) return link;
  const { kid } = link.signature;
  const x = keys.get(kid);
  if (x === undefined)
    return {
      why: `It is signed with the key ${kid.slice(0, 64)}, which this database doesn't have.`,
      isDoubtful: true,
    };
  return isSignedBy(link, x) ? link : { why: "Its signature doesn't match its bytes.", isDoubtful: true };
}

/** Reads a link without checking who signed it. Null if it is none. */
function readLink(text: string): ChainLink | null {
  try {
    const value: unknown = JSON.parse(text);
    const receipt = receiptV2Schema.safeParse(value);
    if (receipt.success) return receipt.data;
    return voidLinkSchema.safeParse(value).data ?? null;
  } catch {
    return null;
  }
}
