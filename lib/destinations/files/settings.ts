import { z } from "zod";
import { COMPRESSIONS, FORMAT_NAMES, formats } from "@/lib/rows/formats/registry";
import type { Compression, Format } from "@/lib/rows/formats/types";
import { bytesOf, MOST_KEY_BYTES } from "@/lib/rows/layouts/key-bytes";
import { prefixProblem } from "@/lib/rows/layouts/prefix";
import { LAYOUT_NAMES, layoutOf } from "@/lib/rows/layouts/registry";

const DEFAULT_FILE_MB = 256;

export const oneOf = (names: readonly string[]) => ({ error: `must be one of ${names.join(", ")}` });

/** What an export of files is set to, whatever stores them: how they are named and written. */
export const fileSettings = {
  prefix: z
    .string()
    .refine((value) => bytesOf(value) <= MOST_KEY_BYTES, `must be at most ${MOST_KEY_BYTES} bytes in UTF-8`)
    .superRefine((value, ctx) => {
      const problem = prefixProblem(value);
      if (problem) ctx.addIssue({ code: "custom", message: problem });
    })
    .default(""),
  layout: z.enum(LAYOUT_NAMES, oneOf(LAYOUT_NAMES)).default("template"),
  format: z.enum(FORMAT_NAMES, oneOf(FORMAT_NAMES)).default("jsonl"),
  /** If left out, what readers of the format expect: gzip, for Parquet zstd. */
  compression: z.enum(COMPRESSIONS, oneOf(COMPRESSIONS)).optional(),
  /** 1 to 9 for gzip, 1 to 19 for zstd; null is 3. */
  compressionLevel: z.number().int("must be a whole number").min(1).max(19).nullable().default(null),
  /** Of a file as it is stored. If left out, 256 or what the layout prescribes. */
  maxFileSizeMb: z.number().int("must be a whole number").min(1).max(5120).optional(),
  /** Layout hive only: a folder for each event. */
  partitionByEvent: z.boolean().default(false),
  /** CSV only: an apostrophe before text that a spreadsheet would take for a formula. */
  defuseFormulas: z.boolean().default(false),
  /** Layout amplitude only: the number that files of merged ids carry; null is the project's id in the source. */
  orgId: z.number().int("must be a whole number").min(0).max(4_294_967_295).nullable().default(null),
};

const schema = z.object(fileSettings);
type Parsed = z.infer<typeof schema>;

/** What `usualOf` fills in. */
interface Usual {
  compression: Compression;
  maxFileSizeMb: number;
}

export type FileSettings = Omit<Parsed, keyof Usual> & Usual;

/** The settings that depend on layout and format, with the usual values where none are given. */
export function usualOf(given: Pick<Parsed, "layout" | "format"> & Partial<Usual>): Usual {
  const layout = layoutOf(given.layout);
  const [usual] = (formats[given.format] as Format).compressions;
  return {
    compression: given.compression ?? layout.codec ?? usual ?? "none",
    maxFileSizeMb: given.maxFileSizeMb ?? layout.maxFileSizeMb ?? DEFAULT_FILE_MB,
  };
}
