import { S3ServiceException } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { ExportError } from "../../errors";
import { s3Failure, type Where } from "./errors";

const where: Where = {
  permission: "s3:PutObject",
  bucket: "my-bucket",
  prefix: "",
  region: "eu-central-1",
  endpoint: null,
};

const answer = (httpStatusCode: number, name: string, message = "secret words of the server") =>
  new S3ServiceException({ name, message, $fault: "client", $metadata: { httpStatusCode } });

/** The SDK's error for a body that is not S3's. */
const page = (httpStatusCode: number) =>
  Object.assign(new Error("XML parse error: secret words"), { $metadata: { httpStatusCode } });

const broken = (code: string) => Object.assign(new Error("broken"), { code });

describe("s3Failure", () => {
  it.each([
    ["a wrong key id", answer(403, "InvalidAccessKeyId"), "bad_credentials", false],
    ["a wrong secret", answer(403, "SignatureDoesNotMatch"), "bad_credentials", false],
    ["a missing permission", answer(403, "AccessDenied"), "missing_permission", false],
    ["a missing bucket", answer(404, "NoSuchBucket"), "missing_bucket", false],
    ["another region", answer(301, "PermanentRedirect"), "wrong_region", false],
    ["a wrong region in the signature", answer(400, "AuthorizationHeaderMalformed"), "wrong_region", false],
    ["a wrong clock", answer(403, "RequestTimeTooSkewed"), "clock_skew", false],
    ["an unknown refusal", answer(400, "MalformedXML"), "storage_refused", false],
    ["what the storage can't do", answer(501, "NotImplemented"), "storage_refused", false],
    ["a bare 403", answer(403, "Unknown"), "missing_permission", false],
    ["a bare 404", answer(404, "NotFound"), "missing_bucket", false],
    ["too many requests", answer(503, "SlowDown"), "throttled", true],
    ["a bare 429", answer(429, "Unknown"), "throttled", true],
    ["an error inside", answer(500, "InternalError"), "storage_error", true],
    ["a bad gateway", answer(502, "Unknown"), "storage_error", true],
    ["a slow request", answer(400, "RequestTimeout"), "storage_error", true],
    ["a token that ran out", answer(400, "ExpiredToken"), "storage_error", true],
    ["an upload that is gone", answer(404, "NoSuchUpload"), "storage_error", true],
    ["an error within a 200", answer(200, "InternalError"), "storage_error", true],
    ["a busy server within a 200", answer(200, "SlowDown"), "throttled", true],
    ["a body cut short", answer(400, "IncompleteBody"), "storage_error", true],
    ["a body that its digest does not fit", answer(400, "BadDigest"), "storage_error", true],
    ["a body that its signature does not fit", answer(400, "XAmzContentSHA256Mismatch"), "storage_error", true],
    ["a body that its checksum does not fit", answer(400, "XAmzContentChecksumMismatch"), "storage_error", true],
    ["no listener", broken("ECONNREFUSED"), "unreachable", true],
    ["a reset", broken("ECONNRESET"), "unreachable", true],
    ["no such host", broken("ENOTFOUND"), "unreachable", true],
    ["silence", Object.assign(new Error("late"), { name: "TimeoutError" }), "unreachable", true],
    ["a certificate of unknown origin", broken("DEPTH_ZERO_SELF_SIGNED_CERT"), "tls_error", false],
    ["a page of a proxy", page(502), "storage_error", true],
    ["a page that refuses", page(418), "storage_refused", false],
    ["a page in place of a list", page(200), "storage_error", true],
    ["an answer cut short", Object.assign(page(200), { code: "ECONNRESET" }), "unreachable", true],
    ["a fault of the client's", new TypeError("secret words"), "storage_error", true],
  ])("tells %s", (_, error, code, retryable) => {
    const { failure } = s3Failure(error, where);
    expect(failure).toMatchObject({ code, retryable });
    expect(failure.message).not.toContain("secret words");
    if (!retryable) expect(failure.fix).toBeTruthy();
  });

  it("tells a bad KMS key, but only where there is one", () => {
    const kms = { ...where, kmsKeyId: "arn:aws:kms:eu-central-1:1:key/2" };
    expect(s3Failure(answer(400, "KMS.DisabledException"), kms).failure).toMatchObject({ code: "bad_kms_key" });
    const denied = answer(403, "AccessDenied", "not authorized to perform: kms:GenerateDataKey on this resource");
    expect(s3Failure(denied, kms).failure).toMatchObject({ code: "bad_kms_key", retryable: false });
    const { failure } = s3Failure(denied, where);
    expect(failure).toMatchObject({ code: "missing_permission", message: expect.stringContaining("on the KMS key") });
    expect(failure.statement).toBeUndefined();
  });

  it.each([
    ["s3:PutObject", "eu-central-1", "arn:aws:s3:::my-bucket/*"],
    ["s3:ListBucket", "cn-north-1", "arn:aws-cn:s3:::my-bucket"],
  ])("carries the statement that grants %s in %s", (permission, region, resource) => {
    const { failure } = s3Failure(answer(403, "AccessDenied"), { ...where, permission, region });
    const statement = JSON.parse(failure.statement ?? "") as unknown;
    expect(statement).toEqual({ Effect: "Allow", Action: [permission], Resource: [resource] });
  });

  it.each([
    ["arn:aws:kms:eu-central-1:1:key/2", { Resource: ["arn:aws:kms:eu-central-1:1:key/2"] }],
    ["alias/exports", null],
  ])("carries a statement for the KMS key %s only where its ARN is known", (kmsKeyId, statement) => {
    const denied = answer(403, "AccessDenied", "not authorized to perform: kms:GenerateDataKey on this resource");
    const { failure } = s3Failure(denied, { ...where, kmsKeyId });
    expect(failure.code).toBe("bad_kms_key");
    expect(JSON.parse(failure.statement ?? "null")).toEqual(statement && expect.objectContaining(statement));
  });

  it("names the permission, the bucket and the address", () => {
    expect(s3Failure(answer(403, "AccessDenied"), where).failure).toMatchObject({
      message: expect.stringContaining("s3:PutObject"),
      fix: expect.stringContaining("s3:PutObject on arn:aws:s3:::my-bucket/*"),
    });
    const { failure } = s3Failure(broken("ECONNREFUSED"), { ...where, endpoint: "http://storage:9000" });
    expect(failure.message).toContain("http://storage:9000");
  });

  it("names the expected owner, whose absence Amazon answers like a missing permission", () => {
    const { failure } = s3Failure(answer(403, "AccessDenied"), { ...where, expectedBucketOwner: "123456789012" });
    expect(failure.fix).toContain("belongs to the account 123456789012; then retry the run.");
  });

  it("passes on what is understood already", () => {
    const known = new ExportError({ code: "x", message: "y", fix: null, retryable: true });
    expect(s3Failure(known, where)).toBe(known);
  });

  it.each([
    [501, "NotImplemented", "A header you provided implies functionality that is not implemented"],
    [400, "InvalidArgument", "Unsupported header x-amz-checksum-crc32"],
    [400, "InvalidRequest", "x-amz-sdk-checksum-algorithm is not supported"],
    [400, "Unknown", "UnknownError"],
  ])("sends a write that %d %s refused to a verification, where uploads carry checksums", (status, name, message) => {
    const refused = answer(status, name, message);
    const elsewhere = { ...where, endpoint: "https://storage.example.com" };
    const sending = s3Failure(refused, { ...elsewhere, checksums: true }).failure;
    expect(sending).toMatchObject({ code: "storage_refused", retryable: false });
    expect(sending.fix).toMatch(/^Verify the connection again.*checksum headers.*retry the run\./);
    for (const other of [
      { checksums: false },
      {},
      { checksums: true, permission: "s3:ListBucket" },
      { checksums: true, endpoint: null },
    ])
      expect(s3Failure(refused, { ...elsewhere, ...other }).failure.fix).not.toContain("checksum");
  });

  it.each(["BadDigest", "RequestTimeout", "XAmzContentSHA256Mismatch", "AuthorizationHeaderMalformed"])(
    "does not take %s for a refused header",
    (name) =>
      expect(
        s3Failure(answer(400, name), { ...where, endpoint: "https://storage.example.com", checksums: true }).failure
          .fix ?? "",
      ).not.toContain("checksum"),
  );
});
