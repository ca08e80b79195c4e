import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { constants, gunzip, gzip, zstdCompress, zstdDecompress } from "node:zlib";
import type { Measured } from "../meter/meter";
import { rowCounter } from "../meter/rows";
import type { Encoding } from "../rows/formats/encoding";
import type { Codec } from "../rows/formats/types";

const [zip, unzip] = [promisify(gzip), promisify(gunzip)];
const [pressZstd, releaseZstd] = [promisify(zstdCompress), promisify(zstdDecompress)];

/** The least that zlib takes. */
const LEAST_CHUNK = 64;

/** A small file's text as its codec packs it, beside this thread. Zstd gets a checksum, as ClickHouse gives it. */
export function pack(text: Buffer, codec: Codec, level: number): Promise<Buffer> {
  if (codec === "gzip") return zip(text, { level });
  if (codec === "none") return Promise.resolve(text);
  const { ZSTD_c_compressionLevel, ZSTD_c_checksumFlag } = constants;
  return pressZstd(text, { params: { [ZSTD_c_compressionLevel]: level, [ZSTD_c_checksumFlag]: 1 } });
}

/** In one piece where it has the size that is expected: each further one would wake another thread, and this one again. */
function unpack(bytes: Buffer, codec: Codec, size: number): Promise<Buffer> {
  const chunkSize = size + LEAST_CHUNK;
  if (codec === "gzip") return unzip(bytes, { chunkSize });
  return codec === "zstd" ? releaseZstd(bytes, { chunkSize }) : Promise.resolve(bytes);
}

/** Measures a small file of about so many bytes before its codec from the very bytes that are sent. Throws when they are not whole. */
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
