import { describe, expect, it } from "vitest";
import { askedOf, kindOf, stepName } from "./s3-operation";

const name = (method: string, path: string) => stepName(askedOf(method, path, {}));

describe("a request's step", () => {
  it.each([
    ["PUT", "/b/a/20260101T000000Z-20260101T010000Z.jsonl.gz?x-id=PutObject", "PutObject data"],
    ["PUT", "/b/a/20260101T000000Z-20260101T010000Z_manifest.json", "PutObject manifest"],
    ["PUT", "/b/_manifests/1.json", "PutObject manifest"],
    ["PUT", "/b/p/abc-20260101000000-manifest-7.json", "PutObject manifest"],
    ["PUT", "/b/date=2026-01-01/hour=00/_SUCCESS", "PutObject marker"],
    ["PUT", "/b/a?partNumber=1&uploadId=u", "UploadPart"],
    ["POST", "/b/a?uploads", "CreateMultipartUpload"],
    ["POST", "/b/a?uploadId=u", "CompleteMultipartUpload"],
    ["DELETE", "/b/a?uploadId=u", "AbortMultipartUpload"],
    ["DELETE", "/b/a", "DeleteObject data"],
    ["HEAD", "/b/a", "HeadObject data"],
    ["GET", "/b?list-type=2&prefix=a", "ListObjectsV2"],
    ["GET", "/b/?uploads", "ListMultipartUploads"],
    ["GET", "/b/a", "GetObject data"],
    ["PATCH", "/create-user", "other"],
  ])("of %s %s is %s", (method, path, step) => {
    expect(name(method, path)).toBe(step);
  });

  it("knows the key as it is, not as it is written in an address", () => {
    expect(askedOf("PUT", "/b/a%20b/%23.json", {})).toMatchObject({ bucket: "b", key: "a b/#.json" });
    expect(askedOf("PUT", "/b/a", { "x-amz-copy-source": "b/c" }).operation).toBe("CopyObject");
  });

  it("takes no file of rows for a manifest", () => {
    expect(kindOf("a/my_manifests.json")).toBe("data");
    expect(kindOf("a/x_SUCCESS")).toBe("data");
  });
});
