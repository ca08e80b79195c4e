import { createPublicKey, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { signedText } from "./canonical";
import { kidOf, newSigningKey, signatureOf, signed } from "./keys";

/** RFC 8037, appendix A. */
const RFC = {
  x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
  d: "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
  kid: "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
};

const verifies = (statement: { signature: { value: string } }, x: string) =>
  verify(
    null,
    Buffer.from(signedText(statement)),
    createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" }),
    Buffer.from(statement.signature.value, "base64url"),
  );

describe("a signing key", () => {
  it("has its thumbprint as its ID", () => {
    expect(kidOf(RFC.x)).toBe(RFC.kid);
    const { kid, x } = newSigningKey();
    expect(kid).toBe(kidOf(x));
  });

  it("signs the canonical bytes without a signature, whatever the order of members", () => {
    const key = newSigningKey();
    const one = signed({ b: 2, a: [1, "é"] }, key);
    expect(verifies(one, key.x)).toBe(true);
    expect(signatureOf({ a: [1, "é"], b: 2, signature: one.signature }, key)).toEqual(one.signature);
    expect(verifies({ ...one, b: 3 } as typeof one, key.x)).toBe(false);
    expect(verifies(one, newSigningKey().x)).toBe(false);
  });

  it("signs the same bytes the same way each time", () => {
    const { value } = signatureOf({ exportId: "e" }, RFC);
    expect(Buffer.from(value, "base64url")).toHaveLength(64);
    expect(signatureOf({ exportId: "e" }, RFC).value).toBe(value);
    expect(verifies({ exportId: "e", signature: { value } } as never, RFC.x)).toBe(true);
  });
});
