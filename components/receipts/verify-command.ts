import type { Location } from "@/lib/fields/receipt";

const PLAIN = /^[\w@%+=:,./-]+$/;

/** A word as a shell takes it literally. */
const quoted = (word: string): string => (PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/**
 * The command that checks a receipt without Penstock: with everything at its connection's prefix, because the chain is
 * there, or, without a bucket, by itself.
 */
export function verifyCommand(location: Location, receiptName: string, keysAddress: string): string {
  const words =
    "bucket" in location
      ? [`s3://${location.bucket}/${location.prefix}`, "--endpoint", location.endpoint]
      : [receiptName];
  return ["node", "verify.mjs", ...words, "--keys", keysAddress].map(quoted).join(" ");
}
