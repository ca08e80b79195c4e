import type { FileSettings } from "@/lib/destinations/files/settings";

/** `zstd, level 9`, or `None` without compression. */
export const compressionWords = ({ compression, compressionLevel }: FileSettings): string => {
  if (compression === "none") return "None";
  return compressionLevel === null ? compression : `${compression}, level ${compressionLevel}`;
};
