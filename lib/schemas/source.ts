import { z } from "zod";
import { verifyResultSchema } from "@/lib/fields/verification";

/** How long a run waits after its window's end, in seconds; null is the setting above it. */
export const settleSecondsSchema = z
  .number()
  .int("must be a whole number of seconds")
  .min(0, "must be 0 or more")
  .max(86_400, "must be at most 86400, a day")
  .nullable();

const sourceFields = {
  settleSeconds: settleSecondsSchema,
  /** Of rows with the same id in a window, only the first is exported. */
  oneRowPerId: z.boolean(),
  /** Reads wait for every insert that a quorum has confirmed (`select_sequential_consistency`). */
  sequentialConsistency: z.boolean(),
};

export const patchSourceSchema = z.object(sourceFields).partial();

/** The one source of an installation: where it is, how Penstock reads it, and what the last verification found. */
export const sourceSchema = z.object({
  ...sourceFields,
  /** What SETTLE_SECONDS says, which applies where `settleSeconds` is null. */
  defaultSettleSeconds: z.number().int(),
  url: z.string(),
  database: z.string(),
  username: z.string(),
  /** What gives the user all that Penstock needs, and no more: SQL to paste. */
  setup: z.string(),
  lastVerifiedAt: z.string().nullable(),
  lastVerification: verifyResultSchema.nullable(),
});

export type Source = z.infer<typeof sourceSchema>;
export type PatchSource = z.infer<typeof patchSourceSchema>;
