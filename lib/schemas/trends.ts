import { z } from "zod";
import { idSchema, timeSchema } from "../fields/common";
import { WINDOW_STATES } from "./run";

const MOST_POINTS = 200;

export const trendsQuerySchema = z.object({
  from: timeSchema,
  to: timeSchema,
  points: z.coerce.number().int().min(1).max(MOST_POINTS).default(MOST_POINTS),
});

/** One window, or several that follow each other. What is null was not measured: it is not zero. */
export const trendPointSchema = z.object({
  start: z.string(),
  end: z.string(),
  windows: z.number().int(),
  /** Windows that are committed, whether or not what their receipt names is still so. */
  committed: z.number().int(),
  /** Windows that failed, and that should be there and are not. */
  failed: z.number().int(),
  missing: z.number().int(),
  /** The state that needs attention most. */
  state: z.enum(WINDOW_STATES),
  /** The run of the window in that state; of several committed windows, the one that took longest. */
  runId: idSchema.nullable(),
  /** Sums over the committed windows. */
  rows: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
  /** The longest of its committed windows: from the plan's beginning to the commit. */
  seconds: z.number().nullable(),
  /**
   * The longest of its committed windows: from the window's end to its first commit. Without windows that a historic
   * export committed first: nobody waited for those.
   */
  lagSeconds: z.number().nullable(),
});

export const trendsSchema = z.object({
  windowsPerPoint: z.number().int(),
  points: z.array(trendPointSchema),
});

export type TrendPoint = z.infer<typeof trendPointSchema>;
export type Trends = z.infer<typeof trendsSchema>;
