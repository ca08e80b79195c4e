import { csv } from "./csv";
import { jsonl } from "./jsonl";
import { parquet } from "./parquet";
import type { Codec, Compression, Format } from "./types";
import { xml } from "./xml";

/** Every format by its name on the wire. */
export const formats = { jsonl, csv, xml, parquet } satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;

export const FORMAT_NAMES = Object.keys(formats) as [FormatName, ...FormatName[]];

/** Every compression that any format has. */
export const COMPRESSIONS = ["none", "gzip", "zstd", "snappy", "lz4"] as const satisfies readonly Compression[];

/** What a codec around a file adds to its extension. */
export const codecSuffix: Record<Codec, string> = { none: "", gzip: ".gz", zstd: ".zst" };

/** Levels that a compression takes; null where it has none. A level left open is 3: close to the best at half the time. */
export const LEVELS: Record<Compression, { min: number; max: number } | null> = {
  none: null,
  gzip: { min: 1, max: 9 },
  zstd: { min: 1, max: 19 },
  snappy: null,
  lz4: null,
};
