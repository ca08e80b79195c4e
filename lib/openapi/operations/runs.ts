import { z } from "zod";
import { listOf, pageQuerySchema } from "@/lib/fields/common";
import { receiptSchema } from "@/lib/fields/receipt";
import {
  listRunsQuerySchema,
  logFilterSchema,
  logsQuerySchema,
  retryRunSchema,
  runFileSchema,
  runLogSchema,
  runSchema,
} from "@/lib/schemas/run";
import { operation } from "../operation";
import { byId } from "../params";

const ofRun = { tag: "Runs", params: byId } as const;

export const listRuns = operation({
  id: "listRuns",
  permission: "view",
  tag: "Runs",
  summary: "An export's runs, the newest window first",
  description: "`from` and `to` limit the start of the window: from inclusive, to exclusive.",
  params: byId,
  query: listRunsQuerySchema,
  answer: listOf(runSchema),
});

export const getRun = operation({
  ...ofRun,
  id: "getRun",
  permission: "view",
  summary: "One run",
  answer: runSchema,
});

export const listRunFiles = operation({
  ...ofRun,
  id: "listRunFiles",
  permission: "view",
  summary: "A run's files as planned and as measured",
  query: pageQuerySchema,
  answer: listOf(runFileSchema),
});

export const listRunLogs = operation({
  ...ofRun,
  id: "listRunLogs",
  permission: "view",
  summary: "A run's log, the oldest line first",
  query: logsQuerySchema,
  answer: listOf(runLogSchema),
});

export const getReceipt = operation({
  ...ofRun,
  id: "getReceipt",
  permission: "view",
  summary: "What a completed run proves",
  description:
    "Answers 404 with the code `no_receipt` for a run that is not completed, and 410 with the code `removed` once it is older than the installation keeps receipts; the message has its SHA-256.",
  answer: receiptSchema,
});

export const runExport = operation({
  id: "runExport",
  permission: "runs.start",
  tag: "Runs",
  summary: "Run the window that has just ended",
  description: "Whether or not it was exported before. Answers 409 while a run on that window is under way.",
  params: byId,
  answer: runSchema,
  status: 201,
  errors: [409, 503],
});

export const retryRun = operation({
  ...ofRun,
  id: "retryRun",
  permission: "runs.start",
  summary: "Run a finished run's window again",
  description:
    "A run never replaces a committed window by fewer rows than its receipt says: it fails with the code `would_shrink`. With `allowShrink`, which needs an admin, it may.",
  body: retryRunSchema,
  hasOptionalBody: true,
  answer: runSchema,
  status: 201,
  errors: [409, 503],
});

export const cancelRun = operation({
  ...ofRun,
  id: "cancelRun",
  permission: "runs.start",
  summary: "Stop a run",
  description: "The run becomes Cancelled as soon as it has aborted its uploads.",
  answer: runSchema,
  errors: [409, 503],
});

export const downloadRunLogs = operation({
  id: "downloadRunLogs",
  permission: "view",
  tag: "Runs",
  summary: "A run’s whole log as text, one line each",
  params: byId,
  query: logFilterSchema,
  answer: z.string(),
  content: "text/plain",
});
