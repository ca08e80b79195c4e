import { z } from "zod";
import "@/lib/fields/issue-message";
import { verifyResultSchema } from "@/lib/fields/verification";

/** How long a run waits after its window ends, in seconds; null uses the setting above it. */
export const settleSecondsSchema = z
  .number()
  .int("Must be a whole number of seconds.")
  .min(0, "Must be 0 or more.")
  .max(86_400, "Must be at most 86400 (one day).")
  .nullable();

const sourceFields = {
  settleSeconds: settleSecondsSchema,
  /** Days that the source keeps rows, for example by a TTL; null if it keeps them forever. Older windows aren't checked. */
  retentionDays: z
    .number()
    .int("Must be a whole number of days.")
    .min(1, "Must be at least 1.")
    .max(36_500, "Must be at most 36500.")
    .nullable(),
  /** Exports only the first of a window's rows with the same id. */
  oneRowPerId: z.boolean(),
  /** Reads wait for every quorum-confirmed insert (`select_sequential_consistency`). */
  sequentialConsistency: z.boolean(),
};

export const patchSourceSchema = z.object(sourceFields).partial();

/** An installation's one source: where it is, how Penstock reads it, and what the last verification found. */
export const sourceSchema = z.object({
  ...sourceFields,
  /** SETTLE_SECONDS, which applies if `settleSeconds` is null. */
  defaultSettleSeconds: z.number().int(),
  url: z.string(),
  database: z.string(),
  username: z.string(),
  /** SQL to paste that grants the user exactly what Penstock needs. */
  setup: z.string(),
  lastVerifiedAt: z.string().nullable(),
  lastVerification: verifyResultSchema.nullable(),
});

export type Source = z.infer<typeof sourceSchema>;
export type PatchSource = z.infer<typeof patchSourceSchema>;
