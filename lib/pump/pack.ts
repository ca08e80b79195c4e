import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { constants, gunzip, gzip, zstdCompress, zstdDecompress } from "node:zlib";
import type { Encoding } from "../formats/encoding";
import type { Codec } from "../formats/types";
import type { Measured } from "./meter";
import { rowCounter } from "./rows";

const [zip, unzip] = [promisify(gzip), promisify(gunzip)];
const [pressZstd, releaseZstd] = [promisify(zstdCompress), promisify(zstdDecompress)];

/** A small file's text as its codec packs it, beside this thread. Zstd gets a checksum, as ClickHouse gives it. */
export function pack(text: Buffer, codec: Codec, level: number): Promise<Buffer> {
  if (codec === "gzip") return zip(text, { level });
  if (codec === "none") return Promise.resolve(text);
  const { ZSTD_c_compressionLevel, ZSTD_c_checksumFlag } = constants;
  return pressZstd(text, { params: { [ZSTD_c_compressionLevel]: level, [ZSTD_c_checksumFlag]: 1 } });
}

const unpack = (bytes: Buffer, codec: Codec): Promise<Buffer> =>
  codec === "gzip" ? unzip(bytes) : codec === "zstd" ? releaseZstd(bytes) : Promise.resolve(bytes);

/** Measures a small file from the very bytes that are sent. Throws when they are not whole. */
export async function measureWhole(
  bytes: Buffer,
  { codec, rows, frameLines }: Pick<Encoding, "codec" | "rows" | "frameLines">,
): Promise<Measured> {
  const counter = rowCounter(rows, frameLines);
  counter.add(await unpack(bytes, codec));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { rows: counter.finish(), bytes: bytes.length, sha256 };
}
