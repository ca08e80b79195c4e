import { z } from "zod";
import { CHECK_OUTCOMES } from "@/lib/fields/checks";
import { RUN_STATES, RUN_TRIGGERS } from "@/lib/fields/run-state";
import { idSchema, pageQuerySchema, timeSchema } from "../fields/common";

const RECEIPT_STATES = ["current", "superseded", "broken"] as const;

export const failureSchema = z.object({
  code: z.string(),
  message: z.string(),
  fix: z.string().nullable(),
  retryable: z.boolean(),
  /** An IAM statement (JSON) that grants the missing permission, to paste. */
  statement: z.string().optional(),
  /** For `would_shrink`: the rows of the window's receipt, and those that the source has now. */
  rows: z.object({ receipt: z.number().int(), source: z.number().int() }).optional(),
});

export const runSchema = z.object({
  id: idSchema,
  requestId: z.string(),
  exportId: idSchema,
  historicExportId: idSchema.nullable(),
  retryOf: idSchema.nullable(),
  /** The run that superseded a completed run's receipt: its files no longer make up the window. */
  supersededBy: idSchema.nullable(),
  /**
   * Whether a completed run's receipt is its window's current one, was superseded, or is broken: what it names is no
   * longer so. Null without a receipt.
   */
  receiptStatus: z.enum(RECEIPT_STATES).nullable(),
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

/**
 * `broken`: what the window's receipt names is no longer so. `not_expected`: it ended before the export existed, or in a
 * pause.
 */
export const WINDOW_STATES = [
  "committed",
  "broken",
  "running",
  "failed",
  "cancelled",
  "missing",
  "due",
  "not_expected",
] as const;

/** `before_export`: the window ended before the export was created. `rest`: its schedule did not run then. */
const NOT_EXPECTED_REASONS = ["before_export", "rest"] as const;

export const coverageSchema = z.object({
  start: z.string(),
  end: z.string(),
  state: z.enum(WINDOW_STATES),
  /** Why a window was not expected; null in any other state. */
  reason: z.enum(NOT_EXPECTED_REASONS).nullable(),
  runId: idSchema.optional(),
  rows: z.number().int().optional(),
  /** What the latest check of the window's receipt found, of either kind; null if none has looked. */
  outcome: z.enum(CHECK_OUTCOMES).nullable(),
  checkedAt: z.string().nullable(),
  /** Whether the receipt is that of a run that healed the window. */
  healed: z.boolean(),
  /** The hash of the window's receipt, as its chain has it; null without one. */
  receiptSha256: z.string().nullable(),
});

/** Only an admin may allow a retry to replace the window by fewer rows than its receipt says. */
export const retryRunSchema = z.object({ allowShrink: z.boolean().default(false) });

export type RetryRun = z.infer<typeof retryRunSchema>;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogFilter = z.infer<typeof logFilterSchema>;
export type LogsQuery = z.infer<typeof logsQuerySchema>;
export type Run = z.infer<typeof runSchema>;
export type RunFile = z.infer<typeof runFileSchema>;
export type RunLog = z.infer<typeof runLogSchema>;
export type ListRunsQuery = z.infer<typeof listRunsQuerySchema>;
export type Coverage = z.infer<typeof coverageSchema>;
