import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { KIB } from "../../units";
import { statusOf } from "./answered";
import { type Condition, conditionFailed, conditionUnknown, FREE } from "./conditions";
import { isForbidden, plainEtag } from "./inspect";

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
    const stored = await read(client, Bucket, Key);
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

interface Read {
  text: string;
  etag: string;
}

async function read(client: S3Client, Bucket: string, Key: string): Promise<Read | "forbidden" | null> {
  try {
    const { Body, ContentLength = 0, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    if (ContentLength > MOST) throw new Error(`${Key} has ${ContentLength} bytes.`);
    return { text: (await Body?.transformToString()) ?? "", etag: plainEtag(ETag) };
  } catch (error) {
    if (statusOf(error) === 404) return null;
    if (isForbidden(error)) return "forbidden";
    throw error;
  }
}
