import type { IncomingHttpHeaders } from "node:http";
import type { Answer } from "./s3-answers";

const xml = (code: string, message: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>1</RequestId></Error>`;

/** How storages answer checksum headers that they don't know. */
export const REFUSALS: Record<string, { status: number; body: string }> = {
  "501 with S3's own words": {
    status: 501,
    body: xml("NotImplemented", "A header you provided implies functionality that is not implemented"),
  },
  "501 without XML": { status: 501, body: "Not implemented" },
  "501 without a body": { status: 501, body: "" },
  "400 that names the header": { status: 400, body: xml("InvalidArgument", "Unsupported header x-amz-checksum-crc32") },
  "400 that names the algorithm": { status: 400, body: xml("InvalidRequest", "Checksum algorithm is not supported") },
  "400 that names nothing": { status: 400, body: xml("InvalidArgument", "Invalid Argument") },
  "400 with a page": { status: 400, body: "<html><body><hr>Bad request</body></html>" },
  "403 for the signature": {
    status: 403,
    body: xml(
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided.",
    ),
  },
};

/** A checksum header: the object's, the SDK's own, or a trailer's. */
const NAMED = /^x-amz-(checksum-|sdk-checksum-)|^x-amz-trailer$/;

export const checksumHeaders = (headers: IncomingHttpHeaders): string[] =>
  Object.keys(headers).filter((name) => NAMED.test(name));

export function refusal(name: string): Answer {
  const { status, body } = REFUSALS[name]!;
  const bytes = Buffer.from(body);
  const type = body.startsWith("<?xml") ? "application/xml" : "text/html";
  return { status, headers: ["content-type", type, "content-length", String(bytes.length)], body: bytes };
}
