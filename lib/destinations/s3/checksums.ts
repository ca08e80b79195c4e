import type { S3ClientConfig } from "@aws-sdk/client-s3";
import type { Capabilities } from "../types";
import { answeredOf } from "./answered";

/** Whether uploads carry CRC32 headers: yes, until a verification finds that the storage refuses them. */
export const sendsChecksums = ({ capabilities }: { capabilities?: Capabilities | null }): boolean =>
  capabilities?.checksums !== false;

/** The SDK sends CRC32 headers by default. Set either way, so that no environment variable decides. */
export const checksumConfig = (sends: boolean): S3ClientConfig => ({
  requestChecksumCalculation: sends ? "WHEN_SUPPORTED" : "WHEN_REQUIRED",
  responseChecksumValidation: sends ? "WHEN_SUPPORTED" : "WHEN_REQUIRED",
});

/** For starting a multipart upload, where the SDK doesn't name the algorithm by itself. */
export const checksumAlgorithm = (sends: boolean): { ChecksumAlgorithm?: "CRC32" } =>
  sends ? { ChecksumAlgorithm: "CRC32" } : {};

/** Responses with status 400 about something else, or about the bytes instead of the header. */
const OTHERS =
  /^(AuthorizationHeaderMalformed|BadDigest|ExpiredToken|IllegalLocationConstraintException|IncompleteBody|InvalidBucketName|InvalidToken|KMS.*|NoSuch.*|RequestTimeout|XAmzContent.*Mismatch)$/;

/**
 * Whether a write may have been refused for a header that the storage doesn't know. `"checksum"`: the response names
 * it; `"header"`: only the same write without the header can show it.
 */
export function refusedHeader(error: unknown): "checksum" | "header" | null {
  const { status, name, text } = answeredOf(error);
  if ((status !== 501 && status !== 400) || OTHERS.test(name)) return null;
  return /checksum|crc-?32/i.test(text) ? "checksum" : "header";
}
