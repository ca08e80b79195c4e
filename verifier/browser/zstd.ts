import { Decompress } from "fzstd";
import type { Decoder } from "../core/tools";

/** Bytes to decompress before the page may draw again. */
const STEP = 64 * 1024;

export function zstdDecoder(onBytes: (bytes: Uint8Array) => void): Decoder {
  const stream = new Decompress(onBytes);
  return {
    add(bytes) {
      // Its memory grows with what it gets at once.
      for (let at = 0; at < bytes.length; at += STEP) stream.push(bytes.subarray(at, at + STEP));
    },
    end() {
      stream.push(new Uint8Array(0), true);
    },
  };
}
