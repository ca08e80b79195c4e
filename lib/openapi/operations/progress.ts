import { z } from "zod";
import { progressSchema } from "@/lib/schemas/progress";
import { timelineSchema } from "@/lib/schemas/timeline";
import { trendsQuerySchema, trendsSchema } from "@/lib/schemas/trends";
import { operation } from "../operation";
import { byId } from "../params";

export const getProgress = operation({
  id: "getProgress",
  permission: "view",
  tag: "Exports",
  summary: "Get the progress of an export's active runs and historic exports",
  description:
    "Workers record the progress of a file every 2 seconds. Rates are of the last 20 seconds or less. Rates and the time left are estimates, and null while there is no basis for one.",
  params: byId,
  answer: progressSchema,
});

export const streamProgress = operation({
  id: "streamProgress",
  permission: "view",
  tag: "Exports",
  summary: "Stream the progress as server-sent events",
  description:
    "The data of each `progress` event is what `/progress` returns. One is sent immediately, then one every 2 seconds. When nothing runs anymore, your access ends, or the server stops, an `end` event gives the reason (`idle`, `access`, `shutdown`, or `unavailable`) and the stream ends. A comment every 15 seconds keeps the connection open. At most 10 streams per person or key, and 100 per organization.",
  params: byId,
  answer: z.string(),
  content: "text/event-stream",
});

export const getTrends = operation({
  id: "getTrends",
  permission: "view",
  tag: "Exports",
  summary: "Get the rows, bytes, duration, and lag of an export's windows over time",
  description:
    "Returns at most `points` points. Each has `windowsPerPoint` windows: rows and bytes are their sums, duration and lag the longest. The range can have at most 10,000 windows.",
  params: byId,
  query: trendsQuerySchema,
  answer: trendsSchema,
});

export const getTimeline = operation({
  id: "getTimeline",
  permission: "view",
  tag: "Runs",
  summary: "Get a run's timeline: when each part began and ended, with every attempt at its files",
  params: byId,
  answer: timelineSchema,
});
