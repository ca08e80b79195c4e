import { z } from "zod";
import { CHECK_KINDS, CHECK_OUTCOMES, checkedRowsSchema, foundSchema, LOOK_NAMES } from "../fields/checks";
import { idSchema, pageQuerySchema, timeSchema } from "../fields/common";
import { RUN_STATES } from "../fields/run-state";
import { failureSchema } from "./run";

const kindSchema = z.enum(CHECK_KINDS, { error: `Must be one of: ${CHECK_KINDS.join(", ")}.` });

/** The committed windows that start in the range are checked. */
export const startChecksSchema = z
  .object({ from: timeSchema, to: timeSchema, kind: kindSchema })
  .superRefine(({ from, to }, ctx) => {
    if (Date.parse(to) <= Date.parse(from))
      ctx.addIssue({ code: "custom", path: ["to"], message: "Must be after the start of the range." });
  });

export const startedChecksSchema = z.object({ id: idSchema });

/** A request for checks, and how far it is. */
export const checkRequestSchema = z.object({
  id: idSchema,
  exportId: idSchema,
  kind: kindSchema,
  from: z.string(),
  to: z.string(),
  state: z.enum(["Running", "Completed", "Failed"]),
  /** Windows with a current receipt in the range. */
  windows: z.number().int(),
  done: z.number().int(),
  error: failureSchema.nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});

/** What one look at one window found. */
export const checkSchema = z.object({
  id: idSchema,
  /** The request that it answers; null for a scheduled check. */
  checkId: idSchema.nullable(),
  kind: kindSchema,
  /** Which of the scheduled looks at the source it is: time after the commit. */
  look: z.enum(LOOK_NAMES).nullable(),
  intervalStart: z.string(),
  intervalEnd: z.string(),
  /** The run whose receipt was checked. */
  runId: idSchema,
  outcome: z.enum(CHECK_OUTCOMES),
  reason: z.string().nullable(),
  expected: checkedRowsSchema,
  found: foundSchema,
  checkedAt: z.string(),
  /** Whether it is the last known: the receipt is still its window's, and no later look found anything else. */
  current: z.boolean(),
  /** The run that heals or repairs what the check found, and its state; null if none has been started. */
  action: z.object({ type: z.enum(["heal", "repair"]), runId: idSchema, state: z.enum(RUN_STATES) }).nullable(),
});

export const listChecksQuerySchema = pageQuerySchema.extend({
  from: timeSchema.optional(),
  to: timeSchema.optional(),
  kind: kindSchema.optional(),
  outcome: z.enum(CHECK_OUTCOMES, { error: `Must be one of: ${CHECK_OUTCOMES.join(", ")}.` }).optional(),
});

export type StartChecks = z.infer<typeof startChecksSchema>;
export type StartedChecks = z.infer<typeof startedChecksSchema>;
export type CheckRequest = z.infer<typeof checkRequestSchema>;
export type Check = z.infer<typeof checkSchema>;
export type ListChecksQuery = z.infer<typeof listChecksQuerySchema>;
