import { describe, expect, it } from "vitest";
import { encryptionOf } from "./open";

describe("encryptionOf", () => {
  it.each([
    ["none", null, {}],
    ["AES256", null, { ServerSideEncryption: "AES256" }],
    ["aws:kms", "key-1", { ServerSideEncryption: "aws:kms", SSEKMSKeyId: "key-1" }],
  ] as const)("asks for %s", (encryption, kmsKeyId, expected) => {
    expect(encryptionOf({ encryption, kmsKeyId })).toEqual(expected);
  });
});
