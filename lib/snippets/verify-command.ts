import type { Location } from "@/lib/fields/receipt";
import { shellWord } from "./quote";

/**
 * The command that checks a receipt without Penstock: with everything at its connection's prefix, because the chain is
 * there, or, without a bucket, by itself.
 */
export function verifyCommand(location: Location, receiptName: string, keysAddress: string): string {
  const words =
    "bucket" in location
      ? [`s3://${location.bucket}/${location.prefix}`, "--endpoint", location.endpoint]
      : [receiptName];
  return ["node", "verify.mjs", ...words, "--keys", keysAddress].map(shellWord).join(" ");
}
