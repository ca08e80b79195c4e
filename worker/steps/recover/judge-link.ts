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

/**
 * Reads a stored link of an export's chain. Returns why it is refused, as a sentence, if it isn't one that this
 * installation signed for this export.
 */
export function judgeLink(text: string, { exportId, keys }: Expected): ChainLink | string {
  const link = readLink(text);
  if (link === null) return "It is no receipt of version 2.";
  if (link.exportId !== exportId) return `It is a receipt of the export ${link.exportId}.`;
  const x = keys.get(link.signature.kid);
  if (x === undefined) return `It is signed with the key ${link.signature.kid}, which this database doesn't have.`;
  return isSignedBy(link, x) ? link : "Its signature is not of these bytes.";
}

/** Reads a link without checking who signed it. Null if it is none. */
export function readLink(text: string): ChainLink | null {
  try {
    const value: unknown = JSON.parse(text);
    const receipt = receiptV2Schema.safeParse(value);
    if (receipt.success) return receipt.data;
    return voidLinkSchema.safeParse(value).data ?? null;
  } catch {
    return null;
  }
}
