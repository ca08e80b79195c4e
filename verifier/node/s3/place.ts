import type { Listed, Place } from "../../core/tools";
import { get, textOf } from "./client";
import type { Bucket } from "./config";
import { readPage } from "./listing";

export type { Bucket };

/** The objects of a bucket below a prefix, named by what follows it. */
export const bucketPlace = (bucket: Bucket): Place => ({
  label: `s3://${bucket.name}/${bucket.prefix}`,
  list: () => list(bucket),
  read: (name) => read(bucket, name),
});

/** A page has a thousand keys of at most 1024 bytes, which encoding makes three times as long. */
const LONGEST_PAGE = 16 * 2 ** 20;

async function* list(bucket: Bucket): AsyncGenerator<Listed> {
  const query = { "list-type": "2", "encoding-type": "url", prefix: bucket.prefix };
  let token: string | null = null;
  do {
    const more: Record<string, string> = token === null ? {} : { "continuation-token": token };
    const page = readPage(await textOf(await get(bucket, "", { ...query, ...more }), LONGEST_PAGE));
    for (const { name, size } of page.objects) yield { name: name.slice(bucket.prefix.length), size };
    token = page.next;
  } while (token !== null);
}

async function* read(bucket: Bucket, name: string): AsyncGenerator<Uint8Array> {
  const answer = await get(bucket, `${bucket.prefix}${name}`);
  for await (const chunk of answer) yield chunk;
  // Node reports an answer that broke off as an error only if it says its length.
  if (!answer.complete) throw new Error("the response was interrupted");
}
