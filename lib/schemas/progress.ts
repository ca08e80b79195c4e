import { z } from "zod";
import { RUN_STATES } from "@/lib/fields/run-state";
import { idSchema } from "../fields/common";

/** Rates are of the last 20 s or less, and null, like the time left, while there is no basis for one. */
const paceSchema = z.object({
  /** Null if the format stores a file's row count only at its end, and no file is complete. */
  rows: z.number().int().nullable(),
  bytes: z.number().int(),
  rowsPerSecond: z.number().nullable(),
  bytesPerSecond: z.number().nullable(),
  secondsLeft: z.number().int().nullable(),
});

const fileProgressSchema = paceSchema.extend({
  index: z.number().int(),
  key: z.string(),
  attempt: z.number().int(),
  expectedRows: z.number().int(),
});

export const runProgressSchema = paceSchema.extend({
  runId: idSchema,
  historicExportId: idSchema.nullable(),
  state: z.enum(RUN_STATES),
  intervalStart: z.string(),
  intervalEnd: z.string(),
  startedAt: z.string().nullable(),
  /** Null until the run is planned. */
  files: z.number().int().nullable(),
  filesDone: z.number().int(),
  expectedRows: z.number().int().nullable(),
  /** At most 50 files that are being written. */
  writing: z.array(fileProgressSchema),
});

export const historicProgressSchema = paceSchema.extend({
  historicExportId: idSchema,
  state: z.enum(RUN_STATES),
  windows: z.number().int(),
  windowsDone: z.number().int(),
});

export const progressSchema = z.object({
  /** By the database's clock. */
  at: z.string(),
  /** All active runs; `runs` has at most 20 of them, the oldest first. */
  activeRuns: z.number().int(),
  runs: z.array(runProgressSchema),
  historicExports: z.array(historicProgressSchema),
});

export type FileProgress = z.infer<typeof fileProgressSchema>;
export type RunProgress = z.infer<typeof runProgressSchema>;
export type HistoricProgress = z.infer<typeof historicProgressSchema>;
export type Progress = z.infer<typeof progressSchema>;
