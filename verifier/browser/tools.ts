import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Tools } from "../core/tools";
import { gzipDecoder } from "./gzip";
import { zstdDecoder } from "./zstd";

/**
 * Cryptography in JavaScript: browsers hash no streams, and have no cryptography at all on a page without TLS. Strict
 * about signatures, like Node's.
 */
export const browserTools: Tools = {
  sha256() {
    const hash = sha256.create();
    return { add: (bytes) => void hash.update(bytes), hex: () => bytesToHex(hash.digest()) };
  },
  verifies: (publicKey, message, signature) => ed25519.verify(signature, message, publicKey, { zip215: false }),
  decoder: (codec, onBytes) => (codec === "gzip" ? gzipDecoder(onBytes) : zstdDecoder(onBytes)),
};
