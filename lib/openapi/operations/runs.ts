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
  summary: "List an export's runs, the newest window first",
  description: "`from` (inclusive) and `to` (exclusive) limit the start of the window.",
  params: byId,
  query: listRunsQuerySchema,
  answer: listOf(runSchema),
});

export const getRun = operation({
  ...ofRun,
  id: "getRun",
  permission: "view",
  summary: "Get a run",
  answer: runSchema,
});

export const listRunFiles = operation({
  ...ofRun,
  id: "listRunFiles",
  permission: "view",
  summary: "List a run's files, as planned and as measured",
  query: pageQuerySchema,
  answer: listOf(runFileSchema),
});

export const listRunLogs = operation({
  ...ofRun,
  id: "listRunLogs",
  permission: "view",
  summary: "List a run's log, the oldest line first",
  query: logsQuerySchema,
  answer: listOf(runLogSchema),
});

export const getReceipt = operation({
  ...ofRun,
  id: "getReceipt",
  permission: "view",
  summary: "Get the receipt of a completed run",
  description:
    "Responds with 404 and the code `no_receipt` for a run that isn't completed, and with 410 and the code `removed` after the installation's retention time for receipts; the message has its SHA-256.",
  answer: receiptSchema,
});

export const runExport = operation({
  id: "runExport",
  permission: "runs.start",
  tag: "Runs",
  summary: "Run the newest window that has ended",
  description:
    "Runs the window even if it was exported before. Responds with 409 while a run of that window is in progress.",
  params: byId,
  answer: runSchema,
  status: 201,
  errors: [409, 503],
});

export const retryRun = operation({
  ...ofRun,
  id: "retryRun",
  permission: "runs.start",
  summary: "Retry a run's window",
  description:
    "A run that would replace a committed window with fewer rows than its receipt says fails with the code `would_shrink`. `allowShrink`, which needs an admin, allows it.",
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
  summary: "Cancel a run",
  description: "The run ends once it has aborted its uploads.",
  answer: runSchema,
  errors: [409, 503],
});

export const downloadRunLogs = operation({
  id: "downloadRunLogs",
  permission: "view",
  tag: "Runs",
  summary: "Download a run’s whole log as text",
  params: byId,
  query: logFilterSchema,
  answer: z.string(),
  content: "text/plain",
});
