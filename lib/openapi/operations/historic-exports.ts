import { listOf, pageQuerySchema } from "@/lib/fields/common";
import {
  createHistoricExportSchema,
  historicEstimateSchema,
  historicExportSchema,
} from "@/lib/schemas/historic-export";
import { operation } from "../operation";
import { byId } from "../params";

const ofExport = { tag: "Historic exports", params: byId } as const;

export const listHistoricExports = operation({
  ...ofExport,
  id: "listHistoricExports",
  permission: "view",
  summary: "List an export's historic exports, the newest first",
  query: pageQuerySchema,
  answer: listOf(historicExportSchema),
});

export const createHistoricExport = operation({
  ...ofExport,
  id: "createHistoricExport",
  permission: "runs.start",
  summary: "Create a historic export",
  description:
    "The range is extended to whole windows and limited by the source's first row, the export's dates, and the newest window that has ended. Responds with 422 if it has more than 10,000 windows and the source has no rows before its end.",
  body: createHistoricExportSchema,
  answer: historicExportSchema,
  status: 201,
  errors: [409, 503],
});

export const estimateHistoricExport = operation({
  id: "estimateHistoricExport",
  permission: "view",
  tag: "Historic exports",
  summary: "Estimate the windows and rows of a historic export",
  params: byId,
  body: createHistoricExportSchema,
  answer: historicEstimateSchema,
  errors: [503],
});

export const getHistoricExport = operation({
  id: "getHistoricExport",
  permission: "view",
  tag: "Historic exports",
  summary: "Get a historic export with its progress",
  params: byId,
  answer: historicExportSchema,
});

export const cancelHistoricExport = operation({
  id: "cancelHistoricExport",
  permission: "runs.start",
  tag: "Historic exports",
  summary: "Cancel a historic export and its runs",
  params: byId,
  answer: historicExportSchema,
  errors: [409, 503],
});
