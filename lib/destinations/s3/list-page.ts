import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { ExportError } from "../../errors";
import type { ListedPage } from "../stored-objects";
import { answeredOf } from "./answered";
import { plainEtag } from "./inspect";

/** Keys per page: S3's maximum. */
const PAGE = 1000;

/** A page of a listing. Throws SDK errors. */
export async function listPage(client: S3Client, Bucket: string, prefix: string, after: string): Promise<ListedPage> {
  const range = { ...(prefix && { Prefix: prefix }), ...(after && { StartAfter: after }) };
  try {
    const answer = await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: PAGE, ...range }));
    const objects = (answer.Contents ?? []).map(({ Key = "", ETag, Size = 0 }) => ({
      key: Key,
      etag: plainEtag(ETag),
      bytes: Size,
    }));
    return { objects, isLast: !answer.IsTruncated || objects.length === 0 };
  } catch (error) {
    const { status, name } = answeredOf(error);
    // Anything may answer 404 in the storage's place; only the storage itself says that it has no such bucket.
    if (status === 404 && name !== "NoSuchBucket") throw noAnswer(error);
    throw error;
  }
}

const noAnswer = (cause: unknown) =>
  new ExportError(
    {
      code: "storage_error",
      message: "The storage responded with 404 without saying what is missing.",
      fix: "Check that the connection's endpoint is the address of the storage's S3 API.",
      retryable: true,
    },
    { cause },
  );
