import { z } from "zod";

/**
 * Generations of the files in a bucket: which columns, with which names and types. An export keeps its own until an
 * admin switches it (docs/decisions/0027).
 */
export type FileSchema = 1 | 2;

/** For new exports. */
export const NEWEST_FILE_SCHEMA: FileSchema = 2;

export const fileSchemaSchema = z
  // The API document would show a literal of both as the first alone.
  .union([z.literal(1), z.literal(2)], { error: "Must be 1 or 2." })
  .describe(
    "The generation of the files' columns and types: 2, or 1 for exports that were created before generation 2 existed.",
  );
