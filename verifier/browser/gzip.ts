import type { Decoder } from "../core/tools";

/** The browser's own gzip. Browsers before 2023 have none. */
export function gzipDecoder(onBytes: (bytes: Uint8Array) => void): Decoder {
  if (typeof DecompressionStream === "undefined")
    return {
      add() {
        throw new Error("this browser can't decompress gzip. Use a newer one");
      },
      end() {},
    };
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  const reader = readable.getReader();
  const drained = (async () => {
    for (let next = await reader.read(); !next.done; next = await reader.read()) onBytes(next.value);
  })();
  // Whoever waits for a write gets the error as well.
  drained.catch(() => {});
  return {
    async add(bytes) {
      await Promise.race([writer.write(bytes as Uint8Array<ArrayBuffer>), drained]);
    },
    async end() {
      await Promise.all([writer.close(), drained]);
    },
  };
}
