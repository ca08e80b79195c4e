import { formats } from "@/lib/rows/formats/registry";
import type { Format } from "@/lib/rows/formats/types";
import { layoutOf } from "@/lib/rows/layouts/registry";
import type { GivenFileSettings, UsualSettings } from "./settings";

const DEFAULT_FILE_MB = 256;

/** The settings that depend on layout and format, with defaults for missing ones. */
export function usualOf(given: Pick<GivenFileSettings, "layout" | "format" | keyof UsualSettings>): UsualSettings {
  const layout = layoutOf(given.layout);
  const [usual] = (formats[given.format] as Format).compressions;
  return {
    compression: given.compression ?? layout.codec ?? usual ?? "none",
    maxFileSizeMb: given.maxFileSizeMb ?? layout.maxFileSizeMb ?? DEFAULT_FILE_MB,
  };
}
