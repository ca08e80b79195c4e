import { z } from "zod";
import { partOfEach, SCRIPT_TYPES } from "../destinations/catalog";
import { idSchema } from "../fields/common";

/** The input of a warehouse's setup script: a connection's settings without its secret. */
export const setupScriptRequestSchema = z.discriminatedUnion("type", partOfEach(SCRIPT_TYPES, "readable"));

export const setupScriptSchema = z.object({ script: z.string() });

export const claimedBucketSchema = z.object({
  id: idSchema,
  /** The storage's origin, or `aws`. */
  endpoint: z.string(),
  bucket: z.string(),
  connectionName: z.string().nullable(),
  createdAt: z.string(),
});

export type SetupScriptRequest = z.infer<typeof setupScriptRequestSchema>;
export type SetupScript = z.infer<typeof setupScriptSchema>;
export type Bucket = z.infer<typeof claimedBucketSchema>;
