import { z } from "zod";

/** Why nothing runs until an operator decides. */
export const HOLD_REASONS = ["restored", "copied", "foreign"] as const;

/**
 * What an operator decides. `reconcile`: this is the installation; read the receipts in its buckets, then continue.
 * `continue`: the same without reading them. `separate`: this is a copy; pause everything.
 */
export const DECISIONS = ["reconcile", "continue", "separate"] as const;

export const decisionSchema = z.enum(DECISIONS, { error: `Must be one of: ${DECISIONS.join(", ")}.` });

/** An export that differs from what Temporal, the bucket, or the table shows, and why. */
export const doubtSchema = z.object({ exportId: z.string(), name: z.string(), why: z.string() });

/** What was done after a decision. */
export const recoverySchema = z.object({
  /** Windows that the buckets hold and the ledger knows again. */
  adopted: z.number().int(),
  /** Receipts that could not be adopted, and why: at most 100. */
  refused: z.array(z.object({ exportId: z.string(), key: z.string(), why: z.string() })),
  /** Objects below exports' prefixes that no receipt names: at most 100 by name. */
  orphans: z.array(z.string()),
  /** How many there are; at least this many where listings were cut. */
  orphanCount: z.number().int(),
  /** Exports that were paused because it isn't certain that they should run. */
  paused: z.array(doubtSchema),
  /** Exports that Temporal knows and the ledger doesn't: made after the backup, and lost with it. */
  lost: z.array(z.string()),
});

export type HoldReason = (typeof HOLD_REASONS)[number];
export type Decision = (typeof DECISIONS)[number];
export type Doubt = z.infer<typeof doubtSchema>;
export type Recovery = z.infer<typeof recoverySchema>;
