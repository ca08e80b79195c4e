import type { S3ClientConfig } from "@aws-sdk/client-s3";
import type { Capabilities } from "../types";
import { answeredOf } from "./answered";

/** Whether uploads carry CRC32 headers: always, until a verification has seen that the storage refuses them. */
export const sendsChecksums = ({ capabilities }: { capabilities?: Capabilities | null }): boolean =>
  capabilities?.checksums !== false;

/** Of the SDK, which sends CRC32 headers by itself. Set both ways, so that no variable of the environment decides. */
export const checksumConfig = (sends: boolean): S3ClientConfig => ({
  requestChecksumCalculation: sends ? "WHEN_SUPPORTED" : "WHEN_REQUIRED",
  responseChecksumValidation: sends ? "WHEN_SUPPORTED" : "WHEN_REQUIRED",
});

/** What an upload in parts is begun with: the SDK does not name the algorithm there by itself. */
export const checksumAlgorithm = (sends: boolean): { ChecksumAlgorithm?: "CRC32" } =>
  sends ? { ChecksumAlgorithm: "CRC32" } : {};

/** Answers with status 400 that are about something else, or about the bytes rather than the header. */
const OTHERS =
  /^(AuthorizationHeaderMalformed|BadDigest|ExpiredToken|IllegalLocationConstraintException|IncompleteBody|InvalidBucketName|InvalidToken|KMS.*|NoSuch.*|RequestTimeout|XAmzContent.*Mismatch)$/;

/**
 * Whether a write may have been refused for a header that the storage does not know. `"checksum"` is where the answer names
 * it; `"header"` is where only the same write without the header can tell.
 */
export function refusedHeader(error: unknown): "checksum" | "header" | null {
  const { status, name, text } = answeredOf(error);
  if ((status !== 501 && status !== 400) || OTHERS.test(name)) return null;
  return /checksum|crc-?32/i.test(text) ? "checksum" : "header";
}
