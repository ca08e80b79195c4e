import { formats } from "@/lib/rows/formats/registry";
import type { Codec, Format } from "@/lib/rows/formats/types";
import { layoutOf } from "@/lib/rows/layouts/registry";
import type { FileSettings } from "./settings";

type Written = Pick<FileSettings, "layout" | "format" | "compression">;

/** The codec around every file of an export. */
export function codecOf({ layout, format, compression }: Written): Codec {
  const prescribed = layoutOf(layout).codec;
  if (prescribed) return prescribed;
  const { compressesInside }: Format = formats[format];
  return !compressesInside && (compression === "gzip" || compression === "zstd") ? compression : "none";
}

/** The compression inside every file, where possible. */
export const insideOf = ({ layout, compression }: Written) => (layoutOf(layout).codec ? "none" : compression);
