import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import type { Signature } from "../fields/receipt";
import { canonicalJson, signedText } from "./canonical";

/** An Ed25519 key that signs: its public part `x` and its private part `d` as in a JWK, and its ID. */
export interface SigningKey {
  kid: string;
  x: string;
  d: string;
}

const curve = { kty: "OKP", crv: "Ed25519" } as const;

/** A public key's ID: its thumbprint by RFC 7638. */
export const kidOf = (x: string): string =>
  createHash("sha256")
    .update(canonicalJson({ ...curve, x }))
    .digest("base64url");

export function newSigningKey(): SigningKey {
  const { x = "", d = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  return { kid: kidOf(x), x, d };
}

/** Signs the canonical bytes of a statement, without a signature that it may have. */
export function signatureOf(statement: object, { kid, x, d }: SigningKey): Signature {
  const key = createPrivateKey({ key: { ...curve, x, d }, format: "jwk" });
  const value = sign(null, Buffer.from(signedText(statement)), key).toString("base64url");
  return { alg: "EdDSA", kid, value };
}

/** The same statement with its signature. */
export const signed = <T extends object>(statement: T, key: SigningKey): T & { signature: Signature } => ({
  ...statement,
  signature: signatureOf(statement, key),
});

/** Whether a signed statement has a valid signature by the key with this public part. */
export function isSignedBy(statement: { signature: Signature }, x: string): boolean {
  const key = createPublicKey({ key: { ...curve, x }, format: "jwk" });
  const value = Buffer.from(statement.signature.value, "base64url");
  return verify(null, Buffer.from(signedText(statement)), key, value);
}
