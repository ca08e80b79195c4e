import type { IncomingHttpHeaders } from "node:http";
import type { Asked } from "./s3-operation";

export interface PartsRefusal {
  status: number;
  code: string;
}

interface Begun {
  algorithm: string | null;
  /** Whether its parts carried CRC32. */
  carried: boolean;
}

/**
 * Refuses a multipart upload as Amazon S3 does if its checksums don't fit together. An upload that begins without an
 * algorithm while its parts carry CRC32 is answered with InvalidPart
 * (https://github.com/aws/aws-sdk-go-v2/issues/3005). An upload that begins with one must name the checksum of each
 * part at its end (https://github.com/apache/opendal/pull/4580).
 */
export function strictParts() {
  const begun = new Map<string, Begun>();
  return (asked: Asked & { headers: IncomingHttpHeaders; body: Buffer }): PartsRefusal | null => {
    const { operation, bucket, key, headers, body } = asked;
    const id = `${bucket}/${key}`;
    const upload = begun.get(id);
    if (operation === "CreateMultipartUpload") {
      const algorithm = headers["x-amz-checksum-algorithm"];
      begun.set(id, { algorithm: algorithm === undefined ? null : String(algorithm), carried: false });
    } else if (upload && operation === "UploadPart") upload.carried ||= "x-amz-checksum-crc32" in headers;
    else if (upload && operation === "CompleteMultipartUpload") return unfit(upload, body.toString());
    return null;
  };
}

function unfit({ algorithm, carried }: Begun, body: string): PartsRefusal | null {
  if (algorithm === null) return carried ? { status: 400, code: "InvalidPart" } : null;
  const parts = body.split("<Part>").length - 1;
  const sums = body.split("<ChecksumCRC32>").length - 1;
  return parts === sums ? null : { status: 400, code: "InvalidRequest" };
}
