import type { Transform } from "node:stream";
import { createZstdDecompress } from "node:zlib";

/** A zstd frame of "penstock" eight times, without its last byte. */
const CUT_OFF = Buffer.from("KLUv/SBAdQAAQHBlbnN0b2NrAQDdWQ==", "base64");

/**
 * Rejects a Node that takes a truncated zstd response for a whole one, as early versions with zstd did: a file could be
 * stored short. Throws a readable error.
 */
export async function requireTruncationErrors(make: () => Transform = createZstdDecompress): Promise<void> {
  if (await failsAtEnd(make())) return;
  throw new Error(
    `Node ${process.version} doesn't notice a zstd stream that was cut off. Run the worker with the newest Node 22 or 24.`,
  );
}

const failsAtEnd = (inflater: Transform): Promise<boolean> =>
  new Promise((resolve) => {
    inflater.on("error", () => resolve(true));
    inflater.on("end", () => resolve(false));
    inflater.resume();
    inflater.end(CUT_OFF);
  });
