import { z } from "zod";
import { RUN_STATES } from "@/lib/fields/run-state";
import { idSchema, pageQuerySchema, timeSchema } from "../fields/common";

export const RUN_TRIGGERS = ["schedule", "retry", "historic", "once", "heal"] as const;

export const failureSchema = z.object({
  code: z.string(),
  message: z.string(),
  fix: z.string().nullable(),
  retryable: z.boolean(),
  /** An IAM statement (JSON) that grants the missing permission, to paste. */
  statement: z.string().optional(),
});

export const runSchema = z.object({
  id: idSchema,
  requestId: z.string(),
  exportId: idSchema,
  historicExportId: idSchema.nullable(),
  retryOf: idSchema.nullable(),
  /** The run that superseded a completed run's receipt: its files no longer make up the window. */
  supersededBy: idSchema.nullable(),
  trigger: z.enum(RUN_TRIGGERS),
  state: z.enum(RUN_STATES),
  intervalStart: z.string(),
  intervalEnd: z.string(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  attempt: z.number().int(),
  rows: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
  files: z.number().int().nullable(),
  filesDone: z.number().int(),
  error: failureSchema.nullable(),
});

export const listRunsQuerySchema = pageQuerySchema.extend({
  state: z.enum(RUN_STATES).optional(),
  from: timeSchema.optional(),
  to: timeSchema.optional(),
  historicExportId: idSchema.optional(),
});

export const runFileSchema = z.object({
  index: z.number().int(),
  key: z.string(),
  state: z.enum(["Pending", "Running", "Completed", "Failed"]),
  attempt: z.number().int(),
  expectedRows: z.number().int(),
  rows: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  etag: z.string().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  error: failureSchema.nullable(),
});

export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;

export const runLogSchema = z.object({
  id: z.number().int(),
  time: z.string(),
  level: z.enum(LOG_LEVELS),
  attempt: z.number().int(),
  file: z.string().nullable(),
  message: z.string(),
});

/** `level` is the minimum level; `text` is matched against messages and file names, ignoring case. */
export const logFilterSchema = z.object({
  level: z.enum(LOG_LEVELS).optional(),
  text: z.string().trim().max(200).optional(),
});

/** `after` is the id of the caller's last line; `cursor` means the same. */
export const logsQuerySchema = pageQuerySchema
  .extend({ after: z.coerce.number().int().min(0).optional() })
  .extend(logFilterSchema.shape);

export const coverageQuerySchema = z.object({ from: timeSchema, to: timeSchema });

export const coverageSchema = z.object({
  start: z.string(),
  end: z.string(),
  state: z.enum(["committed", "running", "failed", "cancelled", "missing", "due"]),
  runId: idSchema.optional(),
  rows: z.number().int().optional(),
});

export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogFilter = z.infer<typeof logFilterSchema>;
export type LogsQuery = z.infer<typeof logsQuerySchema>;
export type Run = z.infer<typeof runSchema>;
export type RunFile = z.infer<typeof runFileSchema>;
export type RunLog = z.infer<typeof runLogSchema>;
export type ListRunsQuery = z.infer<typeof listRunsQuerySchema>;
export type Coverage = z.infer<typeof coverageSchema>;
