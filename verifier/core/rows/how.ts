import type { Receipt } from "../shapes/receipt";

/** Compression around a whole file. */
export type Codec = "none" | "gzip" | "zstd";

/** How a file's rows are counted. Plain data, so that it can be sent to another thread. */
export interface How {
  form: "lines" | "csv" | "parquet";
  /** Lines or records that are not rows: a header, or the root element of XML. */
  frame: number;
  codec: Codec;
}

type FormatName = "jsonl" | "csv" | "xml" | "parquet";

/** XML has its declaration, and the root's start and end, on lines of their own. */
const FRAMES: Record<FormatName, number> = { jsonl: 0, csv: 1, xml: 3, parquet: 0 };
const EXTENSIONS: Record<string, FormatName> = {
  jsonl: "jsonl",
  json: "jsonl",
  csv: "csv",
  xml: "xml",
  parquet: "parquet",
};
const SUFFIXES: Record<string, Codec> = { gz: "gzip", zst: "zstd" };

/** CleverTap's JSON has the event's name on a line of its own. */
const firstLine = (format: FormatName, isClevertap: boolean) => (format === "jsonl" && isClevertap ? 1 : 0);

const how = (format: FormatName, codec: Codec, isClevertap: boolean): How => ({
  form: format === "jsonl" || format === "xml" ? "lines" : format,
  frame: FRAMES[format] + firstLine(format, isClevertap),
  codec,
});

/** Parquet compresses inside, except in the layouts that put gzip around every file. */
function codecOf({ layout, format, compression }: { layout: string; format: FormatName; compression: string }): Codec {
  if (layout === "amplitude" || layout === "clevertap") return "gzip";
  return format !== "parquet" && (compression === "gzip" || compression === "zstd") ? compression : "none";
}

/** Version 1 doesn't say how its files are written, but their names do. */
function fromKey(key: string, requestId: string): How | null {
  const name = key.slice(key.lastIndexOf("/") + 1);
  const parts = name.split(".");
  const codec = SUFFIXES[parts.at(-1) ?? ""] ?? "none";
  const format = EXTENSIONS[parts.at(codec === "none" ? -1 : -2) ?? ""];
  const isClevertap = name.startsWith(`${requestId}-`) && /^\d{14}-/.test(name.slice(requestId.length + 1));
  return format ? how(format, codec, isClevertap) : null;
}

/** Null if the receipt doesn't say how the file's rows can be counted. */
export function howOf(receipt: Receipt, key: string): How | null {
  if (receipt.version === 1) return fromKey(key, receipt.requestId);
  const { layout, format, compression } = receipt;
  if (layout === null || format === null || compression === null) return null;
  return how(format, codecOf({ layout, format, compression }), layout === "clevertap");
}
