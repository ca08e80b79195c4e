import { z } from "zod";
import { idSchema, timeSchema } from "./common";
import { s3DestinationSchema } from "./destination";
import { scheduleSchema } from "./schedule";

/** ClickHouse stores event names as they came, so nothing but emptiness and length is refused. */
const eventNames = z.array(z.string().min(1, "must not be empty").max(1000)).max(1000);

export const filtersSchema = z
  .object({ includeEvents: eventNames.default([]), excludeEvents: eventNames.default([]) })
  .superRefine((value, ctx) => {
    const both = value.includeEvents.filter((name) => value.excludeEvents.includes(name));
    if (both.length > 0)
      ctx.addIssue({ code: "custom", path: ["excludeEvents"], message: `also stand in includeEvents: ${both[0]}` });
  });

const exportFields = {
  name: z.string().trim().min(1, "is required").max(120),
  model: z.literal("events", { error: 'must be "events"' }),
  connectionId: idSchema,
  destination: s3DestinationSchema,
  filters: filtersSchema,
  schedule: scheduleSchema,
  startAt: timeSchema.nullable(),
  endAt: timeSchema.nullable(),
  paused: z.boolean(),
};

const endAfterStart = (value: { startAt?: string | null; endAt?: string | null }, ctx: z.RefinementCtx) => {
  if (value.startAt && value.endAt && Date.parse(value.endAt) <= Date.parse(value.startAt))
    ctx.addIssue({ code: "custom", path: ["endAt"], message: "must be after the start date" });
};

export const createExportSchema = z
  .object({
    ...exportFields,
    model: exportFields.model.default("events"),
    filters: filtersSchema.default({ includeEvents: [], excludeEvents: [] }),
    startAt: timeSchema.nullable().default(null),
    endAt: timeSchema.nullable().default(null),
    paused: z.boolean().default(false),
  })
  .superRefine(endAfterStart);

/** Parts given replace the stored ones whole; the model of an export can't change. */
export const patchExportSchema = z.object(exportFields).omit({ model: true }).partial().superRefine(endAfterStart);

/** What a preview needs: an export that may not be saved yet. */
export const previewExportSchema = z.object({
  model: exportFields.model.default("events"),
  destination: s3DestinationSchema,
  filters: filtersSchema.default({ includeEvents: [], excludeEvents: [] }),
  schedule: scheduleSchema,
});

export const previewSchema = z.object({
  sampleRows: z.array(z.string()),
  keys: z.array(z.string()),
  rows: z.number().int(),
  bytes: z.number().int(),
  files: z.number().int(),
  intervalStart: z.string(),
  intervalEnd: z.string(),
});

/** One run in an export's strip of recent states, newest last. */
export const runDotSchema = z.object({
  id: idSchema,
  state: z.enum(["Starting", "Running", "Completed", "Failed", "Cancelled"]),
  intervalStart: z.string(),
  intervalEnd: z.string(),
  rows: z.number().int().nullable(),
});

export const exportSchema = z.object({
  id: idSchema,
  projectId: idSchema,
  ...exportFields,
  createdAt: z.string(),
  updatedAt: z.string(),
  connectionName: z.string(),
  bucket: z.string(),
  nextRunAt: z.string().nullable(),
  lastSuccessAt: z.string().nullable(),
  rowsLast24h: z.number().int(),
  recentRuns: z.array(runDotSchema),
  activeRuns: z.number().int(),
});

export type Filters = z.infer<typeof filtersSchema>;
export type CreateExport = z.infer<typeof createExportSchema>;
export type CreateExportInput = z.input<typeof createExportSchema>;
export type PatchExport = z.infer<typeof patchExportSchema>;
export type PreviewExport = z.infer<typeof previewExportSchema>;
export type Preview = z.infer<typeof previewSchema>;
export type Export = z.infer<typeof exportSchema>;
