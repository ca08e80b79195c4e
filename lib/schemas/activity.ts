import { z } from "zod";
import { ACTIVITY_STATES, RUN_STATES, RUN_TRIGGERS } from "@/lib/fields/run-state";
import { idSchema, pageQuerySchema, timeSchema } from "../fields/common";

/** A request in the activity log: one run, where `Done` means Completed. */
export const activitySchema = z.object({
  requestId: z.string(),
  runId: idSchema,
  exportId: idSchema,
  exportName: z.string(),
  historicExportId: idSchema.nullable(),
  trigger: z.enum(RUN_TRIGGERS),
  /** The requested model. */
  type: z.string(),
  format: z.string(),
  compression: z.string(),
  intervalStart: z.string(),
  intervalEnd: z.string(),
  state: z.enum(ACTIVITY_STATES),
  /** The person's or key's name; null for the schedule. */
  requestedBy: z.string().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  rows: z.number().int().nullable(),
  files: z.number().int().nullable(),
});

/** `requestId` may be a prefix; `from` and `to` limit the request time. */
export const listActivityQuerySchema = pageQuerySchema.extend({
  requestId: z.string().trim().min(1).max(80).optional(),
  exportId: idSchema.optional(),
  trigger: z.enum(RUN_TRIGGERS).optional(),
  state: z
    .enum(["Done", ...RUN_STATES])
    .transform((state) => (state === "Done" ? ("Completed" as const) : state))
    .optional(),
  from: timeSchema.optional(),
  to: timeSchema.optional(),
});

export type Activity = z.infer<typeof activitySchema>;
export type ListActivityQuery = z.infer<typeof listActivityQuerySchema>;
