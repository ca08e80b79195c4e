import { S3ServiceException } from "@aws-sdk/client-s3";
import { ExportError, type Failure } from "../../errors";
import { partitionOf } from "./statements";

export interface Where {
  /** The permission that the failed call needs, like `s3:PutObject`. */
  permission: string;
  bucket: string;
  /** All that Penstock writes lies below it. */
  prefix: string;
  region: string;
  endpoint: string | null;
  kmsKeyId?: string | null;
}

type Explain = (where: Where) => Pick<Failure, "code" | "message" | "fix">;

const badCredentials: Explain = () => ({
  code: "bad_credentials",
  message: "The storage does not accept the access key id and the secret access key.",
  fix: "Enter a valid access key id and secret access key in the connection, test it, and retry the run.",
});

const missingPermission: Explain = ({ permission, bucket, prefix, region }) => ({
  code: "missing_permission",
  message: `The credentials lack the permission ${permission} on the bucket ${bucket}.`,
  fix: `Allow ${permission} on arn:${partitionOf(null, region)}:s3:::${bucket}${permission.startsWith("s3:ListBucket") ? "" : `/${prefix}*`} for this user, and check that no bucket policy denies it; then retry the run.`,
});

const missingOnKey: Explain = ({ permission, kmsKeyId }) => ({
  code: "bad_kms_key",
  message: `The credentials lack the permission ${permission} on the KMS key ${kmsKeyId ?? "given"}.`,
  fix: `Allow ${permission} to this user, in IAM and in the key's own policy; then retry the run.`,
});

const missingBucket: Explain = ({ bucket, endpoint }) => ({
  code: "missing_bucket",
  message: `The bucket ${bucket} does not exist${endpoint ? ` at ${endpoint}` : ""}.`,
  fix: "Create the bucket, or correct its name in the connection; then retry the run.",
});

const wrongRegion: Explain = ({ bucket, region }) => ({
  code: "wrong_region",
  message: `The bucket ${bucket} is not in the region ${region}.`,
  fix: "Enter the bucket's own region in the connection; the bucket's properties name it.",
});

const badKmsKey: Explain = ({ kmsKeyId }) => ({
  code: "bad_kms_key",
  message: `The storage can't encrypt with the KMS key ${kmsKeyId ?? "given"}.`,
  fix: "Check that the key exists in the bucket's region, is enabled, and allows kms:GenerateDataKey and kms:Decrypt to this user.",
});

const skewedClock: Explain = () => ({
  code: "clock_skew",
  message: "The storage refuses the signature because this machine's clock is wrong.",
  fix: "Set the clock of the machine that runs the worker, and retry the run.",
});

/** S3's error codes that trying again can't mend. Source: the list of error codes in the Amazon S3 API reference. */
const FINAL: Record<string, Explain> = {
  InvalidAccessKeyId: badCredentials,
  SignatureDoesNotMatch: badCredentials,
  InvalidToken: badCredentials,
  AccessDenied: missingPermission,
  AllAccessDisabled: missingPermission,
  AccountProblem: missingPermission,
  NoSuchBucket: missingBucket,
  InvalidBucketName: missingBucket,
  PermanentRedirect: wrongRegion,
  AuthorizationHeaderMalformed: wrongRegion,
  IllegalLocationConstraintException: wrongRegion,
  RequestTimeTooSkewed: skewedClock,
};

/**
 * Answers that look final by their status but pass: the upload or the token ran out, the server is busy (CompleteMultipartUpload
 * says so with status 200), or the body was cut short or damaged on its way.
 */
const PASSING = new Set([
  "SlowDown",
  "InternalError",
  "ServiceUnavailable",
  "RequestTimeout",
  "ExpiredToken",
  "NoSuchUpload",
  "OperationAborted",
  "ConditionalRequestConflict",
  "BadDigest",
  "IncompleteBody",
  "XAmzContentSHA256Mismatch",
  "XAmzContentChecksumMismatch",
]);

/** Turns what the AWS SDK threw into an `ExportError`. The answer's own text is not repeated: it is the other side's. */
export function s3Failure(error: unknown, where: Where): ExportError {
  if (error instanceof ExportError) return error;
  const service = error instanceof S3ServiceException ? error : null;
  const status = service?.$metadata.httpStatusCode;
  if (service && status !== undefined) return new ExportError(answered(service, status, where), { cause: error });
  return new ExportError(unreachable(error, where), { cause: error });
}

function answered(error: S3ServiceException, status: number, where: Where): Failure {
  const aboutKms = error.name.startsWith("KMS") || (where.kmsKeyId != null && /\bkms\b/i.test(error.message));
  const retryable = PASSING.has(error.name) || status === 429 || status === 408 || (status >= 500 && status !== 501);
  if (retryable) {
    const busy = error.name === "SlowDown" || status === 429 || status === 503;
    const message = busy ? "The storage asks to slow down." : `The storage answered with ${status} ${error.name}.`;
    return { code: busy ? "throttled" : "storage_error", message, fix: null, retryable: true };
  }
  const permission = missingPermissionOf(error, where);
  if (aboutKms) {
    const explain = permission?.startsWith("kms:") ? missingOnKey : badKmsKey;
    return { ...explain({ ...where, permission: permission ?? where.permission }), retryable: false };
  }
  const known = FINAL[error.name] ?? byStatus(status);
  if (known) return { ...known({ ...where, permission: permission ?? where.permission }), retryable: false };
  const fix = "Check the connection's endpoint and the export's encryption settings against what the storage supports.";
  return { code: "storage_refused", message: `The storage refused: ${status} ${error.name}.`, fix, retryable: false };
}

/** Permissions that an answer may name; whatever else it says is not believed. */
const NAMED =
  /\b(s3:(?:PutObject|GetObject|DeleteObject|ListBucket|AbortMultipartUpload|ListBucketMultipartUploads)|kms:(?:GenerateDataKey|Decrypt))\b/;

/**
 * Which permission a refused call lacks: the one that the storage names, or else the one that the call needs. Null when it
 * failed for another reason.
 */
export function missingPermissionOf(error: unknown, { permission }: Pick<Where, "permission">): string | null {
  if (!(error instanceof S3ServiceException)) return null;
  const status = error.$metadata.httpStatusCode ?? 0;
  const refused = FINAL[error.name] === missingPermission || (status === 403 && !FINAL[error.name]);
  return refused ? (NAMED.exec(error.message)?.[1] ?? permission) : null;
}

/** Some answers carry no body, so only their status tells. */
function byStatus(status: number): Explain | undefined {
  if (status === 301 || status === 307) return wrongRegion;
  if (status === 401) return badCredentials;
  if (status === 403) return missingPermission;
  return status === 404 ? missingBucket : undefined;
}

function unreachable(error: unknown, { endpoint }: Where): Failure {
  const code = codeOf(error);
  if (/CERT|TLS|SSL|SELF_SIGNED/.test(code))
    return {
      code: "tls_error",
      message: `The storage's TLS certificate is not trusted (${code}).`,
      fix: "Give the endpoint a certificate that this machine trusts, or add its authority by NODE_EXTRA_CA_CERTS.",
      retryable: false,
    };
  return {
    code: "unreachable",
    message: `The storage${endpoint ? ` at ${endpoint}` : ""} could not be reached${code ? ` (${code})` : ""}.`,
    fix: "Check the endpoint in the connection, and that this machine can reach it.",
    retryable: true,
  };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const { code } = error as Error & { code?: unknown };
  return typeof code === "string" ? code : error.name === "TimeoutError" ? "TimeoutError" : codeOf(error.cause);
}
