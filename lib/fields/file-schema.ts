import { z } from "zod";

/**
 * The generations of what files in a bucket hold: which columns, under which names and types. An export keeps its own until an
 * admin switches it (docs/decisions/0027).
 */
export type FileSchema = 1 | 2;

/** What new exports have. */
export const NEWEST_FILE_SCHEMA: FileSchema = 2;

export const fileSchemaSchema = z
  // A literal of both would be one of the first alone in the API's document.
  .union([z.literal(1), z.literal(2)], { error: "must be one of 1, 2" })
  .describe(
    "The generation of the files' columns and types: 2, or 1 for an export that was made before there was a 2.",
  );
