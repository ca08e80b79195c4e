import { ExportError, type Failure } from "../../errors";
import { brokenBy, nameOfError } from "../../net/broken";
import { isAmazon } from "./amazon";
import { type Answered, answeredOf } from "./answered";
import { refusedHeader } from "./checksums";
import { isBucketAction, partitionOf } from "./statements";

export interface Where {
  /** The permission that the failed call needs, like `s3:PutObject`. */
  permission: string;
  bucket: string;
  /** All of Penstock's keys begin with it. */
  prefix: string;
  region: string;
  endpoint: string | null;
  kmsKeyId?: string | null;
  /** The account that every request expects to own the bucket. */
  expectedBucketOwner?: string | null;
  /** Whether uploads carry CRC32 headers, so that a verification could find that they must not. */
  checksums?: boolean;
}

type Explain = (where: Where) => Omit<Failure, "retryable">;

const badCredentials: Explain = () => ({
  code: "bad_credentials",
  message: "The storage doesn't accept the access key ID and the secret access key.",
  fix: "Enter a valid access key ID and secret access key in the connection, test it, and retry the run.",
});

const missingPermission: Explain = (where) => {
  const { permission, bucket, prefix, region, expectedBucketOwner } = where;
  if (permission.startsWith("kms:")) return missingOnDefaultKey(where);
  const objects = isBucketAction(permission) ? "" : `/${prefix}*`;
  // Amazon refuses another account's bucket in the same way.
  const owner = expectedBucketOwner ? `, and that the bucket belongs to the account ${expectedBucketOwner}` : "";
  const resource = `arn:${partitionOf(null, region)}:s3:::${bucket}${objects}`;
  return {
    code: "missing_permission",
    message: `The credentials don't have the permission ${permission} on the bucket ${bucket}.`,
    fix: `Allow ${permission} on ${resource} for this user, and check that no bucket policy denies it${owner}; then retry the run.`,
    statement: statementFor(permission, resource),
  };
};

const statementFor = (permission: string, resource: string) =>
  JSON.stringify({ Effect: "Allow", Action: [permission], Resource: [resource] }, null, 2);

const missingOnKey: Explain = ({ permission, kmsKeyId }) => ({
  code: "bad_kms_key",
  message: `The credentials don't have the permission ${permission} on the KMS key ${kmsKeyId ?? "given"}.`,
  fix: `Allow ${permission} for this user, in IAM and in the key's own policy; then retry the run.`,
  ...(kmsKeyId?.startsWith("arn:") && { statement: statementFor(permission, kmsKeyId) }),
});

/** For a key that the export doesn't name: the bucket's default, or the account's own. */
const missingOnDefaultKey: Explain = ({ permission, bucket }) => ({
  code: "missing_permission",
  message: `The credentials don't have the permission ${permission} on the KMS key that the bucket ${bucket} encrypts with.`,
  fix: "Allow it for this user, in IAM and in the key's own policy; then retry the run. Other accounts can't use the key aws/s3: if it is the key, and the bucket belongs to another account, enter a KMS key in the export.",
});

const missingBucket: Explain = ({ bucket, endpoint }) => ({
  code: "missing_bucket",
  message: `The bucket ${bucket} doesn't exist${endpoint ? ` at ${endpoint}` : ""}.`,
  fix: "Create the bucket, or correct its name in the connection; then retry the run.",
});

const wrongRegion: Explain = ({ bucket, region }) => ({
  code: "wrong_region",
  message: `The bucket ${bucket} isn't in the region ${region}.`,
  fix: "Enter the bucket's region in the connection. The bucket's properties show it.",
});

const badKmsKey: Explain = ({ kmsKeyId }) => ({
  code: "bad_kms_key",
  message: `The storage can't encrypt with the KMS key ${kmsKeyId ?? "given"}.`,
  fix: "Check that the key exists in the bucket's region, is enabled, and allows this user kms:GenerateDataKey and kms:Decrypt.",
});

const skewedClock: Explain = () => ({
  code: "clock_skew",
  message: "The storage refuses the signature because this machine's clock is wrong.",
  fix: "Correct the clock of the machine that runs the worker, and retry the run.",
});

/** S3 error codes that retrying can't fix. Source: the list of error codes in the Amazon S3 API reference. */
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
 * Errors that look final by status but are transient: the upload or token expired, the server is busy
 * (CompleteMultipartUpload reports it with status 200), or the body was cut short or damaged in transit.
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

/** Turns an AWS SDK error into an `ExportError`. Omits the response's own text: the other side controls it. */
export function s3Failure(error: unknown, where: Where): ExportError {
  if (error instanceof ExportError) return error;
  const answer = answeredOf(error);
  const failure = answer.status === undefined ? unreachable(error, where) : answered(error, answer, where);
  return new ExportError(failure, { cause: error });
}

function answered(error: unknown, { status = 0, name, text }: Answered, where: Where): Failure {
  const aboutKms = name.startsWith("KMS") || (where.kmsKeyId != null && /\bkms\b/i.test(text));
  const said = [status, name].filter(Boolean).join(" ");
  const retryable = PASSING.has(name) || status === 429 || status === 408 || (status >= 500 && status !== 501);
  if (retryable) {
    const busy = name === "SlowDown" || status === 429 || status === 503;
    const message = busy ? "The storage is throttling requests." : `The storage responded with ${said}.`;
    return { code: busy ? "throttled" : "storage_error", message, fix: null, retryable: true };
  }
  if (status < 300 && name === "") return otherLanguage(where);
  const permission = missingPermissionOf(error, where);
  if (aboutKms) {
    const explain = permission?.startsWith("kms:") ? missingOnKey : badKmsKey;
    return { ...explain({ ...where, permission: permission ?? where.permission }), retryable: false };
  }
  const known = FINAL[name] ?? byStatus(status);
  if (known) return { ...known({ ...where, permission: permission ?? where.permission }), retryable: false };
  return { code: "storage_refused", ...refused(error, said, where), retryable: false };
}

const CHECK = "heck that the storage supports the connection's endpoint and the export's encryption settings.";

/** Explains a refusal without a known code: a write may carry a header that the storage doesn't know. */
function refused(
  error: unknown,
  said: string,
  { checksums, permission, endpoint }: Where,
): Pick<Failure, "message" | "fix"> {
  // Amazon knows every header that Penstock sends.
  const asked = checksums && !isAmazon(endpoint) && permission === "s3:PutObject";
  const header = asked ? refusedHeader(error) : null;
  if (header === "checksum")
    return {
      message: `The storage refuses the CRC32 checksum headers of uploads: ${said}.`,
      fix: "Verify the connection again, so that Penstock uploads without checksum headers; then retry the run.",
    };
  if (header === "header")
    return {
      message: `The storage refused: ${said}.`,
      fix: `Verify the connection again. It detects whether the storage refuses CRC32 checksum headers, and Penstock then uploads without them; then retry the run. If that doesn't help, c${CHECK}`,
    };
  return { message: `The storage refused: ${said}.`, fix: `C${CHECK}` };
}

/** A success whose body can't be read: it was cut short in transit, or something else answers there. */
const otherLanguage = ({ endpoint }: Where): Failure => ({
  code: "storage_error",
  message: `The server${endpoint ? ` at ${endpoint}` : ""} doesn't respond like an S3 API.`,
  fix: "Check that the connection's endpoint is the address of the storage's S3 API. A web console often uses another port.",
  retryable: true,
});

/** Permissions that a response may name; nothing else in it is trusted. */
const NAMED =
  /\b(s3:(?:PutObject|PutObjectAcl|GetObject|DeleteObject|ListBucket|AbortMultipartUpload|ListBucketMultipartUploads|GetBucketOwnershipControls)|kms:(?:GenerateDataKey|Decrypt))\b/;

/**
 * The permission that a refused call lacks: the one that the storage names, otherwise the one that the call needs. Null
 * if it failed for another reason.
 */
export function missingPermissionOf(error: unknown, { permission }: Pick<Where, "permission">): string | null {
  const { status, name, text } = answeredOf(error);
  if (status === undefined) return null;
  const lacks = FINAL[name] === missingPermission || (status === 403 && !FINAL[name]);
  return lacks ? (NAMED.exec(text)?.[1] ?? permission) : null;
}

/** For responses without a body. */
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
      message: `The storage's TLS certificate isn't trusted (${code}).`,
      fix: "Use a certificate that this machine trusts for the endpoint, or add its authority with NODE_EXTRA_CA_CERTS.",
      retryable: false,
    };
  if (brokenBy(error) === null)
    return {
      code: "storage_error",
      message: `The request to the storage failed without a response: ${nameOfError(error)}.`,
      fix: "Check the worker's log for the full error.",
      retryable: true,
    };
  return {
    code: "unreachable",
    message: `The storage${endpoint ? ` at ${endpoint}` : ""} couldn't be reached${code ? ` (${code})` : ""}.`,
    fix: "Check the endpoint in the connection, and that this machine can reach it.",
    retryable: true,
  };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const { code } = error as Error & { code?: unknown };
  return typeof code === "string" ? code : error.name === "TimeoutError" ? "TimeoutError" : codeOf(error.cause);
}
