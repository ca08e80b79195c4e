import { createHash, createPublicKey, verify } from "node:crypto";
import { toBase64url } from "../core/bytes";
import type { Tools } from "../core/tools";
import { zlibDecoder } from "./zlib-decoder";

/** Node's own cryptography and compression. */
export const nodeTools: Tools = {
  sha256() {
    const hash = createHash("sha256");
    return { add: (bytes) => void hash.update(bytes), hex: () => hash.digest("hex") };
  },
  verifies(publicKey, message, signature) {
    const jwk = { kty: "OKP", crv: "Ed25519", x: toBase64url(publicKey) };
    return verify(null, message, createPublicKey({ key: jwk, format: "jwk" }), signature);
  },
  decoder: zlibDecoder,
};
