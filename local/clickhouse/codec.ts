import type { IncomingHttpHeaders } from "node:http";
import type { Transform } from "node:stream";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { EngineError } from "./errors";

const CODECS = {
  gzip: { compress: promisify(zlib.gzip), decompressor: () => zlib.createGunzip() },
  zstd: { compress: promisify(zlib.zstdCompress), decompressor: () => zlib.createZstdDecompress() },
  br: { compress: promisify(zlib.brotliCompress), decompressor: () => zlib.createBrotliDecompress() },
  deflate: { compress: promisify(zlib.deflate), decompressor: () => zlib.createInflate() },
};

/** A content coding; the engine knows all of them by the same names. */
export type Codec = keyof typeof CODECS;

/** The coding of a request's body. Throws EngineError for one that is not known. */
export function requestCodec(headers: IncomingHttpHeaders): Codec | undefined {
  const name = headers["content-encoding"];
  if (!name || name === "identity") return undefined;
  if (name in CODECS) return name as Codec;
  throw new EngineError(89, "UNKNOWN_COMPRESSION_METHOD", `Unknown content encoding '${name}'`);
}

/** The first coding the client accepts that the front can make. */
export function responseCodec(headers: IncomingHttpHeaders): Codec | undefined {
  const accepted = (headers["accept-encoding"]?.toString() ?? "").split(",").map((part) => part.split(";")[0]!.trim());
  return accepted.find((name): name is Codec => name in CODECS);
}

export function compress(codec: Codec, bytes: Uint8Array): Promise<Buffer> {
  return CODECS[codec].compress(bytes);
}

export function decompressor(codec: Codec): Transform {
  return CODECS[codec].decompressor();
}
