import { createGunzip, createZstdDecompress } from "node:zlib";
import type { Decoder } from "../core/tools";

const CHUNK = { chunkSize: 2 ** 20 };

/** Decompresses on another thread. Rejects what was cut off, and what follows the end. */
export function zlibDecoder(codec: "gzip" | "zstd", onBytes: (bytes: Uint8Array) => void): Decoder {
  const stream = codec === "gzip" ? createGunzip(CHUNK) : createZstdDecompress(CHUNK);
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  // A failed write never calls back: the error ends the wait.
  ended.catch(() => {});
  stream.on("data", onBytes);
  stream.on("end", resolve);
  stream.on("error", reject);
  let added = 0;
  return {
    async add(bytes) {
      added += bytes.length;
      await Promise.race([ended, new Promise<void>((written) => stream.write(bytes, () => written()))]);
    },
    async end() {
      stream.end();
      await ended;
      if (stream.bytesWritten !== added)
        throw new Error(`${added - stream.bytesWritten} bytes follow the compressed data`);
    },
  };
}
