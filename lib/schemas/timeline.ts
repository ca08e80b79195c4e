import { z } from "zod";
import { RUN_STATES } from "@/lib/fields/run-state";
import { idSchema } from "../fields/common";

const fileAttemptSchema = z.object({
  attempt: z.number().int(),
  startedAt: z.string(),
  /** Null while it runs, and if its worker was lost. */
  endedAt: z.string().nullable(),
  outcome: z.enum(["running", "completed", "failed", "lost"]),
  /** Why it failed. */
  code: z.string().nullable(),
});

const fileTimelineSchema = z.object({
  index: z.number().int(),
  /** The plan that it belongs to; a run plans again when its source has changed. */
  planVersion: z.number().int(),
  key: z.string(),
  rows: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
  /** Oldest first. Empty for a file that waits, or that an earlier run wrote. At most the last 31. */
  attempts: z.array(fileAttemptSchema),
});

export const timelineSchema = z.object({
  runId: idSchema,
  state: z.enum(RUN_STATES),
  /** When its window ended, for a scheduled run; otherwise when it was requested. */
  dueAt: z.string(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  /** Null before the plan, and for runs of earlier versions. */
  plannedAt: z.string().nullable(),
  /** When the commit asked the source once more; null before, and if it didn't come that far. */
  committingAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** All files of all its plans. `files` has at most 100: those with the most attempts, then the longest ones. */
  filesTotal: z.number().int(),
  files: z.array(fileTimelineSchema),
});

export type FileAttempt = z.infer<typeof fileAttemptSchema>;
export type FileTimeline = z.infer<typeof fileTimelineSchema>;
export type Timeline = z.infer<typeof timelineSchema>;
