import { z } from "zod";
import { listOf, pageQuerySchema } from "@/lib/fields/common";
import {
  catchUpSchema,
  caughtUpSchema,
  createExportSchema,
  exportSchema,
  patchExportSchema,
  previewExportSchema,
  previewSchema,
} from "@/lib/schemas/export";
import { coverageQuerySchema, coverageSchema } from "@/lib/schemas/run";
import { operation } from "../operation";
import { byId, byProject } from "../params";

const inProject = { tag: "Exports", params: byProject } as const;
const one = { tag: "Exports", params: byId } as const;

export const listExports = operation({
  ...inProject,
  id: "listExports",
  permission: "view",
  summary: "List a project's exports, the newest first",
  query: pageQuerySchema,
  answer: listOf(exportSchema),
});

export const createExport = operation({
  ...inProject,
  id: "createExport",
  permission: "exports.manage",
  summary: "Create an export and its schedule",
  body: createExportSchema,
  answer: exportSchema,
  status: 201,
  errors: [409],
});

export const previewExport = operation({
  id: "previewExport",
  permission: "view",
  tag: "Exports",
  summary: "Preview what an export would write for the newest complete window",
  params: byProject,
  body: previewExportSchema,
  answer: previewSchema,
  errors: [503],
});

export const getExport = operation({
  ...one,
  id: "getExport",
  permission: "view",
  summary: "Get an export",
  answer: exportSchema,
});

export const patchExport = operation({
  ...one,
  id: "patchExport",
  permission: "exports.manage",
  summary: "Update an export",
  description:
    "Each given part replaces the stored one entirely. With `ifUpdatedAt`, responds with 409 if the export has changed since that version.",
  body: patchExportSchema,
  answer: exportSchema,
  errors: [409],
});

export const deleteExport = operation({
  ...one,
  id: "deleteExport",
  permission: "exports.delete",
  summary: "Delete an export and its schedule, and cancel its runs",
  description: "Its runs and receipts stay readable.",
  answer: null,
});

export const pauseExport = operation({
  id: "pauseExport",
  permission: "exports.manage",
  tag: "Exports",
  summary: "Pause an export",
  params: byId,
  answer: exportSchema,
});

export const resumeExport = operation({
  id: "resumeExport",
  permission: "exports.manage",
  tag: "Exports",
  summary: "Resume an export",
  params: byId,
  answer: exportSchema,
});

export const getCoverage = operation({
  id: "getCoverage",
  permission: "view",
  tag: "Exports",
  summary: "Get the coverage of a range: the state of each window, the oldest first",
  params: byId,
  query: coverageQuerySchema,
  answer: z.array(coverageSchema),
});

export const getCatchUp = operation({
  id: "getCatchUp",
  permission: "view",
  tag: "Exports",
  summary: "Get the windows that catching up would export",
  description: "Null if no window was missed.",
  params: byId,
  answer: catchUpSchema.nullable(),
});

export const catchUp = operation({
  id: "catchUp",
  permission: "exports.manage",
  tag: "Exports",
  summary: "Resume an export and export its missed windows",
  params: byId,
  answer: caughtUpSchema,
  errors: [409, 503],
});
