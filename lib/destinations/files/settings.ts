import { z } from "zod";
import { COMPRESSIONS, FORMAT_NAMES } from "@/lib/rows/formats/registry";
import type { Compression } from "@/lib/rows/formats/types";
import { bytesOf, MOST_KEY_BYTES } from "@/lib/rows/layouts/key-bytes";
import { prefixProblem } from "@/lib/rows/layouts/prefix";
import { LAYOUT_NAMES } from "@/lib/rows/layouts/registry";
import { CHAIN_FOLDER } from "./chain-folder";

export const oneOf = (names: readonly string[]) => ({ error: `Must be one of: ${names.join(", ")}.` });

const reservedFolder = (prefix: string) =>
  prefix.split("/").includes(CHAIN_FOLDER)
    ? `Must not contain the folder ${CHAIN_FOLDER}: it holds receipts and their keys.`
    : null;

/** Settings of any file export, whatever stores the files: how they are named and written. */
export const fileSettings = {
  prefix: z
    .string()
    .refine((value) => bytesOf(value) <= MOST_KEY_BYTES, `Must be at most ${MOST_KEY_BYTES} bytes in UTF-8.`)
    .superRefine((value, ctx) => {
      const problem = prefixProblem(value) ?? reservedFolder(value);
      if (problem) ctx.addIssue({ code: "custom", message: problem });
    })
    .default(""),
  layout: z.enum(LAYOUT_NAMES, oneOf(LAYOUT_NAMES)).default("template"),
  format: z.enum(FORMAT_NAMES, oneOf(FORMAT_NAMES)).default("jsonl"),
  /** If left out, the usual choice of readers: zstd for Parquet, otherwise gzip. */
  compression: z.enum(COMPRESSIONS, oneOf(COMPRESSIONS)).optional(),
  /** 1 to 9 for gzip, 1 to 19 for zstd; null means 3. */
  compressionLevel: z.number().int("Must be a whole number.").min(1).max(19).nullable().default(null),
  /** Size of a stored file. If left out, 256 or the layout's own. */
  maxFileSizeMb: z.number().int("Must be a whole number.").min(1).max(5120).optional(),
  /** Layout hive only: a folder for each event. */
  partitionByEvent: z.boolean().default(false),
  /** CSV only: an apostrophe before text that a spreadsheet would read as a formula. */
  defuseFormulas: z.boolean().default(false),
  /** Layout amplitude only: the number in files of merged ids; null means the project's id in the source. */
  orgId: z.number().int("Must be a whole number.").min(0).max(4_294_967_295).nullable().default(null),
  /** Whether the bucket holds the chain of receipts too. If left out, the layout decides. */
  receiptChain: z.boolean().optional(),
};

const schema = z.object(fileSettings);
export type GivenFileSettings = z.infer<typeof schema>;

/** Filled in by `usualOf`. */
export interface UsualSettings {
  compression: Compression;
  maxFileSizeMb: number;
}

export type FileSettings = Omit<GivenFileSettings, keyof UsualSettings> & UsualSettings;
