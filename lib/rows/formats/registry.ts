import { csv } from "./csv";
import { jsonl } from "./jsonl";
import { parquet } from "./parquet";
import type { Codec, Compression, Format } from "./types";
import { xml } from "./xml";

/** Formats by API name. */
export const formats = { jsonl, csv, xml, parquet } satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;

export const FORMAT_NAMES = Object.keys(formats) as [FormatName, ...FormatName[]];

export const COMPRESSIONS = ["none", "gzip", "zstd", "snappy", "lz4"] as const satisfies readonly Compression[];

/** Suffix that a codec adds to the file extension. */
export const codecSuffix: Record<Codec, string> = { none: "", gzip: ".gz", zstd: ".zst" };

/** Levels of each compression; null if it has none. The default is 3: close to the best ratio in half the time. */
export const LEVELS: Record<Compression, { min: number; max: number } | null> = {
  none: null,
  gzip: { min: 1, max: 9 },
  zstd: { min: 1, max: 19 },
  snappy: null,
  lz4: null,
};
