import { z } from "zod";

export * from "./file-schemas";

export const fileSchemaSchema = z
  // The API document would show a literal of both as the first alone.
  .union([z.literal(1), z.literal(2)], { error: "Must be 1 or 2." })
  .describe(
    "The generation of the files' columns and types: 2, or 1 for exports that were created before generation 2 existed.",
  );
