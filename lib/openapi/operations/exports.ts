import { z } from "zod";
import { listOf, pageQuerySchema } from "@/lib/schemas/common";
import {
  createExportSchema,
  exportSchema,
  patchExportSchema,
  previewExportSchema,
  previewSchema,
} from "@/lib/schemas/export";
import { coverageQuerySchema, coverageSchema } from "@/lib/schemas/run";
import { operation } from "../operation";
import { byId, byProject } from "../params";

const inProject = { path: "/api/projects/{projectId}/exports", tag: "Exports", params: byProject } as const;
const one = { path: "/api/exports/{id}", tag: "Exports", params: byId } as const;

export const listExports = operation({
  ...inProject,
  id: "listExports",
  method: "GET",
  summary: "A project's exports, the newest first",
  query: pageQuerySchema,
  answer: listOf(exportSchema),
});

export const createExport = operation({
  ...inProject,
  id: "createExport",
  method: "POST",
  summary: "Create an export and its schedule",
  body: createExportSchema,
  answer: exportSchema,
  status: 201,
  errors: [503],
});

export const previewExport = operation({
  id: "previewExport",
  method: "POST",
  path: "/api/projects/{projectId}/exports/preview",
  tag: "Exports",
  summary: "What an export would write for the newest whole window",
  scope: "read",
  params: byProject,
  body: previewExportSchema,
  answer: previewSchema,
  errors: [503],
});

export const getExport = operation({
  ...one,
  id: "getExport",
  method: "GET",
  summary: "One export",
  answer: exportSchema,
});

export const patchExport = operation({
  ...one,
  id: "patchExport",
  method: "PATCH",
  summary: "Change an export",
  description: "Parts that are given replace the stored ones whole.",
  body: patchExportSchema,
  answer: exportSchema,
  errors: [503],
});

export const deleteExport = operation({
  ...one,
  id: "deleteExport",
  method: "DELETE",
  summary: "Delete an export, its schedule and what it has running",
  description: "Its runs stay readable: what was exported stays provable.",
  answer: null,
  errors: [503],
});

export const pauseExport = operation({
  id: "pauseExport",
  method: "POST",
  path: "/api/exports/{id}/pause",
  tag: "Exports",
  summary: "Stop starting scheduled runs",
  params: byId,
  answer: exportSchema,
  errors: [503],
});

export const resumeExport = operation({
  id: "resumeExport",
  method: "POST",
  path: "/api/exports/{id}/resume",
  tag: "Exports",
  summary: "Start scheduled runs again",
  params: byId,
  answer: exportSchema,
  errors: [503],
});

export const getCoverage = operation({
  id: "getCoverage",
  method: "GET",
  path: "/api/exports/{id}/coverage",
  tag: "Exports",
  summary: "Which windows of a range are committed, the oldest first",
  params: byId,
  query: coverageQuerySchema,
  answer: z.array(coverageSchema),
});
