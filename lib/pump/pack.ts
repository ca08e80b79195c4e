import { createHash } from "node:crypto";
import { promisify } from "node:util";
import {
  constants,
  gunzip,
  gunzipSync,
  gzip,
  gzipSync,
  zstdCompress,
  zstdCompressSync,
  zstdDecompress,
  zstdDecompressSync,
} from "node:zlib";
import type { Measured } from "../meter/meter";
import { rowCounter } from "../meter/rows";
import type { Encoding } from "../rows/formats/encoding";
import type { Codec } from "../rows/formats/types";

const [zip, unzip] = [promisify(gzip), promisify(gunzip)];
const [pressZstd, releaseZstd] = [promisify(zstdCompress), promisify(zstdDecompress)];

/** Text up to which a codec takes less time than waking another thread and then this one, at levels up to FAST. */
const SMALL = 128 * 1024;
/** Zstd takes 2 ms for 128 KiB at level 9, and 72 ms at level 19. */
const FAST = 9;

/** zlib's minimum chunk size. */
const LEAST_CHUNK = 64;

/** Compresses a file's text with its codec, larger text on another thread. Zstd gets a checksum, as from ClickHouse. */
export async function pack(text: Buffer, codec: Codec, level: number): Promise<Buffer> {
  const isSmall = text.length <= SMALL && level <= FAST;
  if (codec === "gzip") return isSmall ? gzipSync(text, { level }) : zip(text, { level });
  if (codec === "none") return text;
  const { ZSTD_c_compressionLevel, ZSTD_c_checksumFlag } = constants;
  const options = { params: { [ZSTD_c_compressionLevel]: level, [ZSTD_c_checksumFlag]: 1 } };
  return isSmall ? zstdCompressSync(text, options) : pressZstd(text, options);
}

/** Uses one chunk if the size is as expected: each further one would wake another thread and then this one. */
async function unpack(bytes: Buffer, codec: Codec, size: number): Promise<Buffer> {
  const options = { chunkSize: size + LEAST_CHUNK };
  const isSmall = size <= SMALL;
  if (codec === "gzip") return isSmall ? gunzipSync(bytes, options) : unzip(bytes, options);
  if (codec === "none") return bytes;
  return isSmall ? zstdDecompressSync(bytes, options) : releaseZstd(bytes, options);
}

/** Measures a small file, of about `size` bytes before its codec, from the exact bytes sent. Throws if truncated. */
export async function measureWhole(
  bytes: Buffer,
  { codec, rows, frameLines }: Pick<Encoding, "codec" | "rows" | "frameLines">,
  size: number,
): Promise<Measured> {
  const counter = rowCounter(rows, frameLines);
  counter.add(await unpack(bytes, codec, size));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { rows: counter.finish(), bytes: bytes.length, sha256 };
}
