import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandInput,
  type S3Client,
} from "@aws-sdk/client-s3";
import pMap from "p-map";
import { statusOf } from "./answered";
import { SMALL_REQUESTS } from "./client";
import { commonPrefix } from "./look";

/** Maximum number of listing pages to read; a lifecycle rule removes the rest. */
const PAGES = 10;

/** Whether a multipart upload under a key still exists. Throws SDK errors. */
export async function hasUpload(
  client: S3Client,
  under: { Bucket: string; Prefix: string },
  id: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand(under), { abortSignal: signal });
  return Uploads.some(({ UploadId }) => UploadId === id);
}

/** Aborts one multipart upload; does nothing if there is none. Throws SDK errors. */
export async function abortUpload(client: S3Client, Bucket: string, Key: string, UploadId: string): Promise<void> {
  try {
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
  }
}

/** Aborts multipart uploads under these keys. Returns their number. Throws SDK errors. */
export async function abortUploads(client: S3Client, Bucket: string, keys: ReadonlySet<string>): Promise<number> {
  const Prefix = commonPrefix([...keys]);
  let aborted = 0;
  let marker: Pick<ListMultipartUploadsCommandInput, "KeyMarker" | "UploadIdMarker"> = {};
  for (let page = 0; page < PAGES; page += 1) {
    const answer = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix, ...marker }));
    const mine = (answer.Uploads ?? []).filter(({ Key = "" }) => keys.has(Key));
    await pMap(
      mine,
      async ({ Key, UploadId }) => {
        await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
        aborted += 1;
      },
      { concurrency: SMALL_REQUESTS },
    );
    if (!answer.IsTruncated) break;
    marker = { KeyMarker: answer.NextKeyMarker, UploadIdMarker: answer.NextUploadIdMarker };
  }
  return aborted;
}
