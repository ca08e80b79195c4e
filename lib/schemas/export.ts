import { z } from "zod";
import { idSchema, timeSchema } from "./common";
import { s3DestinationSchema } from "./destination";
import { historicExportSchema } from "./historic-export";
import { failureSchema } from "./run";
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
  /** After how many windows that failed for good in a row the export pauses itself; 0 is never. */
  pauseAfterFailures: z.number().int("must be a whole number").min(0).max(1000),
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
    pauseAfterFailures: exportFields.pauseAfterFailures.default(3),
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

/** Why an export is paused: a person did it, or it did so itself after windows that failed for good in a row. */
export const pauseReasonSchema = z.object({
  by: z.enum(["person", "failures"]),
  at: z.string(),
  /** The start of the first window that failed or was missed. */
  since: z.string().nullable(),
  failures: z.number().int(),
  error: failureSchema.nullable(),
});

/** What "catch up" would export: the windows that were missed, from the first to the newest whole one. */
export const catchUpSchema = z.object({ start: z.string(), end: z.string(), windows: z.number().int() });

export const exportSchema = z.object({
  id: idSchema,
  projectId: idSchema,
  ...exportFields,
  createdAt: z.string(),
  updatedAt: z.string(),
  pause: pauseReasonSchema.nullable(),
  /** Why its schedule does not run though it is not paused. */
  blockedBy: z.enum(["connection_unverified", "connection_off"]).nullable(),
  createdBy: z.string().nullable(),
  connectionName: z.string(),
  bucket: z.string(),
  nextRunAt: z.string().nullable(),
  lastSuccessAt: z.string().nullable(),
  rowsLast24h: z.number().int(),
  recentRuns: z.array(runDotSchema),
  activeRuns: z.number().int(),
});

/** What catching up began: null when no window was missed. */
export const caughtUpSchema = z.object({ export: exportSchema, historicExport: historicExportSchema.nullable() });

export type PauseReason = z.infer<typeof pauseReasonSchema>;
export type CatchUp = z.infer<typeof catchUpSchema>;
export type CaughtUp = z.infer<typeof caughtUpSchema>;
export type Filters = z.infer<typeof filtersSchema>;
export type CreateExport = z.infer<typeof createExportSchema>;
export type CreateExportInput = z.input<typeof createExportSchema>;
export type PatchExport = z.infer<typeof patchExportSchema>;
export type PreviewExport = z.infer<typeof previewExportSchema>;
export type Preview = z.infer<typeof previewSchema>;
export type Export = z.infer<typeof exportSchema>;
