import { z } from "zod";
import { RUN_STATES } from "@/lib/fields/run-state";
import { settingsSchema } from "../destinations/settings";
import { checksSchema, DEFAULT_CHECKS, newChecksSchema, patchChecksSchema } from "../fields/checks";
import { columnsSchema } from "../fields/columns";
import { idSchema, ifUpdatedAtSchema, nameSchema, timeSchema } from "../fields/common";
import { costSchema } from "../fields/cost";
import { fileSchemaSchema } from "../fields/file-schema";
import { filtersSchema, NO_FILTERS } from "../fields/filters";
import { pastScheduleSchema, scheduleSchema } from "../fields/schedule";
import type { Problem } from "../rows/problem";
import { MODEL_NAMES } from "../rows/tables/registry";
import { type Combined, changedProblems, combinationProblems } from "./combination";
import { historicExportSchema } from "./historic-export";
import { failureSchema } from "./run";
import { settleSecondsSchema } from "./source";

const exportFields = {
  name: nameSchema,
  model: z.enum(MODEL_NAMES, { error: `Must be one of: ${MODEL_NAMES.join(", ")}.` }),
  connectionId: idSchema,
  destination: settingsSchema,
  columns: columnsSchema,
  filters: filtersSchema,
  schedule: scheduleSchema,
  startAt: timeSchema.nullable(),
  endAt: timeSchema.nullable(),
  paused: z.boolean(),
  /** Consecutive permanent window failures after which the export pauses itself; 0 means never. */
  pauseAfterFailures: z.number().int("Must be a whole number.").min(0).max(1000),
  /** How long runs wait after their window ends, in seconds; null uses the source's setting. */
  settleSeconds: settleSecondsSchema,
  /** When and how committed windows are looked at again. */
  checks: checksSchema,
};

const endAfterStart = (
  value: Partial<Record<"startAt" | "endAt", string | null | undefined>>,
  ctx: z.RefinementCtx,
) => {
  if (value.startAt && value.endAt && Date.parse(value.endAt) <= Date.parse(value.startAt))
    ctx.addIssue({ code: "custom", path: ["endAt"], message: "Must be after the start date." });
};

const withoutProblems = (problemsOf: (value: Combined) => Problem[]) => (value: Combined, ctx: z.RefinementCtx) => {
  // Fields that are invalid themselves can't be checked in combination.
  if (ctx.issues.length > 0) return;
  for (const { path, message } of problemsOf(value)) ctx.addIssue({ code: "custom", path, message });
};

const canBeCombined = withoutProblems(combinationProblems);

const wholeExportSchema = z
  .object({
    ...exportFields,
    model: exportFields.model.default("events"),
    columns: columnsSchema.default(null),
    filters: filtersSchema.default(NO_FILTERS),
    startAt: timeSchema.nullable().default(null),
    endAt: timeSchema.nullable().default(null),
    paused: z.boolean().default(false),
    pauseAfterFailures: exportFields.pauseAfterFailures.default(3),
    settleSeconds: settleSecondsSchema.default(null),
    checks: newChecksSchema.default(DEFAULT_CHECKS),
  })
  .superRefine(endAfterStart);

export const createExportSchema = wholeExportSchema.superRefine(canBeCombined);

/** A complete stored export, as a form edits it. */
export const changedExportSchema = (stored: Combined) =>
  wholeExportSchema.superRefine(withoutProblems((value) => changedProblems(value, stored)));

/** Given parts replace stored ones entirely, except of `checks`; an export's model can't change. */
export const patchExportSchema = z
  .object({ ...exportFields, checks: patchChecksSchema, fileSchema: fileSchemaSchema, ifUpdatedAt: ifUpdatedAtSchema })
  .omit({ model: true })
  .partial()
  .superRefine(endAfterStart);

/** A preview's input: an export that may not be saved yet. */
export const previewExportSchema = z
  .object({
    model: exportFields.model.default("events"),
    /** Where it would write: without it, the preview doesn't say what that costs. */
    connectionId: idSchema.nullable().default(null),
    destination: settingsSchema,
    columns: columnsSchema.default(null),
    filters: filtersSchema.default(NO_FILTERS),
    schedule: scheduleSchema,
    startAt: timeSchema.nullable().default(null),
    endAt: timeSchema.nullable().default(null),
  })
  .superRefine(canBeCombined);

/** The expected output of one window. */
const previewWindowSchema = z.object({
  intervalStart: z.string(),
  intervalEnd: z.string(),
  keys: z.array(z.string()),
  rows: z.number().int(),
  /** Approximate, before compression. */
  bytes: z.number().int(),
  files: z.number().int(),
});

/**
 * The newest complete window, with its first rows as they appear in the file (Parquet as JSON), and at most 100 of its
 * keys; the windows before it; and a month's total at the average of these, with the approximate seconds per run.
 */
export const previewSchema = previewWindowSchema.extend({
  sampleRows: z.array(z.string()),
  /** The text before the first row, if the format has one. */
  header: z.string(),
  earlier: z.array(previewWindowSchema),
  secondsPerRun: z.number(),
  perMonth: z.object({ runs: z.number(), rows: z.number(), bytes: z.number(), files: z.number() }).nullable(),
  /**
   * What the warehouse is expected to bill for what runs read. Null unless it bills by that, the connection is given and
   * verified, and the actor may manage exports.
   */
  cost: costSchema.nullable(),
});

/** One of an export's recent runs, newest last. */
export const runDotSchema = z.object({
  id: idSchema,
  state: z.enum(RUN_STATES),
  intervalStart: z.string(),
  intervalEnd: z.string(),
  rows: z.number().int().nullable(),
});

/** Why an export is paused: manually, or automatically after consecutive windows failed permanently. */
export const pauseReasonSchema = z.object({
  by: z.enum(["person", "failures", "recovery"]),
  /** Who paused it: a member, or an API key by its name. Null if Penstock did, or if that isn't known anymore. */
  name: z.string().nullable(),
  at: z.string(),
  /** The start of the first window that failed or was missed. */
  since: z.string().nullable(),
  failures: z.number().int(),
  error: failureSchema.nullable(),
});

/** The range that "catch up" would export: from the first missed window to the newest complete one. */
export const catchUpSchema = z.object({ start: z.string(), end: z.string(), windows: z.number().int() });

export const exportSchema = z.object({
  id: idSchema,
  projectId: idSchema,
  ...exportFields,
  fileSchema: fileSchemaSchema,
  createdAt: z.string(),
  updatedAt: z.string(),
  pastSchedules: z.array(pastScheduleSchema),
  pause: pauseReasonSchema.nullable(),
  /** Why its schedule doesn't run although it isn't paused. */
  blockedBy: z.enum(["connection_unverified", "connection_off"]).nullable(),
  createdBy: z.string().nullable(),
  connectionName: z.string(),
  /** The connection's target: a bucket, a database, a dataset. */
  place: z.string(),
  nextRunAt: z.string().nullable(),
  /** Whether its end date leaves its schedule nothing more to run. */
  ended: z.boolean(),
  lastSuccessAt: z.string().nullable(),
  /** Rows that runs wrote in the last 24 hours, whenever their windows ended; each window counts once. */
  rowsLast24h: z.number().int(),
  recentRuns: z.array(runDotSchema),
  activeRuns: z.number().int(),
  /** Historic exports under way. Between two of its windows, one has no active run. */
  activeHistoricExports: z.number().int(),
});

/** What catching up started; null if no window was missed. */
export const caughtUpSchema = z.object({ export: exportSchema, historicExport: historicExportSchema.nullable() });

export type PauseReason = z.infer<typeof pauseReasonSchema>;
/** A pause as it is stored, with the ID of the user who paused the export, because names change. */
export type StoredPause = Omit<PauseReason, "name"> & { userId?: string | null; keyName?: string | null };
export type CatchUp = z.infer<typeof catchUpSchema>;
export type CaughtUp = z.infer<typeof caughtUpSchema>;
export type CreateExport = z.infer<typeof createExportSchema>;
export type CreateExportInput = z.input<typeof createExportSchema>;
export type PatchExport = z.infer<typeof patchExportSchema>;
export type PreviewExport = z.infer<typeof previewExportSchema>;
export type PreviewWindow = z.infer<typeof previewWindowSchema>;
export type Preview = z.infer<typeof previewSchema>;
export type Export = z.infer<typeof exportSchema>;
