import { z } from "zod";
import { RUN_STATES } from "@/lib/fields/run-state";
import { idSchema, timeSchema } from "../fields/common";

const order = (value: { start: string; end: string }, ctx: z.RefinementCtx) => {
  if (Date.parse(value.end) <= Date.parse(value.start))
    ctx.addIssue({ code: "custom", path: ["end"], message: "Must be after the start." });
};

export const createHistoricExportSchema = z.object({ start: timeSchema, end: timeSchema }).superRefine(order);

/** What a historic export would do: the range actually exported, its windows, and the source's current rows. */
export const historicEstimateSchema = z.object({
  start: z.string(),
  end: z.string(),
  windows: z.number().int(),
  rows: z.number().int(),
});

export const historicExportSchema = z.object({
  id: idSchema,
  exportId: idSchema,
  start: z.string(),
  end: z.string(),
  state: z.enum(RUN_STATES),
  windows: z.number().int(),
  windowsCompleted: z.number().int(),
  windowsFailed: z.number().int(),
  windowsCancelled: z.number().int(),
  windowsRunning: z.number().int(),
  rows: z.number().int(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});

export type CreateHistoricExport = z.infer<typeof createHistoricExportSchema>;
export type HistoricEstimate = z.infer<typeof historicEstimateSchema>;
export type HistoricExport = z.infer<typeof historicExportSchema>;
