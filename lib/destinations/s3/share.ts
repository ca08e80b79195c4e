import type { S3Client } from "@aws-sdk/client-s3";
import { KIB } from "../../units";
import { type Condition, conditionFailed, conditionUnknown, FREE } from "./conditions";
import { readText } from "./read-text";

/** Read at most, in bytes: the text grows by one short entry at a time. */
const MOST = 256 * KIB;
/** How many times another writer may be faster. */
const ROUNDS = 4;

/**
 * Reads an object's text, lets `change` compute another, and stores that if the object has not changed meanwhile. If the
 * credentials can't read, it is stored only where nothing is. Throws SDK errors, and an `Error` if the object stays too
 * busy or is too large.
 */
export async function share(
  client: S3Client,
  { Bucket, Key }: { Bucket: string; Key: string },
  change: (stored: string | null) => string | null,
  send: (text: string, condition: Condition | null) => Promise<unknown>,
): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const stored = await readText(client, { Bucket, Key }, MOST);
    const isHidden = stored === "forbidden";
    const text = change(isHidden ? null : (stored?.text ?? null));
    if (text === null) return;
    const condition: Condition = isHidden || !stored ? FREE : { IfMatch: `"${stored.etag}"` };
    try {
      await send(text, condition);
      return;
    } catch (error) {
      if (conditionUnknown(error, condition)) {
        if (!isHidden) await send(text, null);
        return;
      }
      if (!conditionFailed(error, condition)) throw error;
      if (isHidden) return;
    }
  }
  throw new Error(`${Key} was changed by others ${ROUNDS} times in a row.`);
}
