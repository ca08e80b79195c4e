import { z } from "zod";
import { idSchema } from "../fields/common";
import { decisionSchema, HOLD_REASONS, recoverySchema } from "../fields/installation";

/** Whether this installation waits for a decision, and what came of the last one. */
export const installationSchema = z.object({
  id: idSchema,
  /** Why nothing runs; null if everything does. */
  hold: z.object({ reason: z.enum(HOLD_REASONS), since: z.string(), facts: z.string() }).nullable(),
  /** The decision that is being carried out; null if there is none. */
  decided: z.object({ decision: decisionSchema, by: z.string(), at: z.string() }).nullable(),
  /** Decisions that the hold allows. */
  choices: z.array(decisionSchema),
  recovery: recoverySchema.nullable(),
  recoveredAt: z.string().nullable(),
});

export const decideInstallationSchema = z.object({ decision: decisionSchema });

export type Installation = z.infer<typeof installationSchema>;
export type DecideInstallation = z.infer<typeof decideInstallationSchema>;
