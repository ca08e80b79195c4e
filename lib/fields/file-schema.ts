import { z } from "zod";

export * from "./file-schemas";

export const fileSchemaSchema = z
  // The API document would show a literal of both as the first alone.
  .union([z.literal(1), z.literal(2)], { error: "must be one of 1, 2" })
  .describe(
    "The generation of the files' columns and types: 2, or 1 for an export that was made before there was a 2.",
  );
