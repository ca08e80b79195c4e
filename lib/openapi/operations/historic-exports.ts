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
  summary: "An export's historic exports, the newest first",
  query: pageQuerySchema,
  answer: listOf(historicExportSchema),
});

export const createHistoricExport = operation({
  ...ofExport,
  id: "createHistoricExport",
  permission: "runs.start",
  summary: "Export a past range",
  description:
    "The range is widened to whole windows and cut at the source's first row, at the export's dates and at the newest ended window. 422 where it has over 10,000 windows and the source has no row before its end.",
  body: createHistoricExportSchema,
  answer: historicExportSchema,
  status: 201,
  errors: [409, 503],
});

export const estimateHistoricExport = operation({
  id: "estimateHistoricExport",
  permission: "view",
  tag: "Historic exports",
  summary: "How many windows and rows a historic export would have",
  params: byId,
  body: createHistoricExportSchema,
  answer: historicEstimateSchema,
  errors: [503],
});

export const getHistoricExport = operation({
  id: "getHistoricExport",
  permission: "view",
  tag: "Historic exports",
  summary: "One historic export with its progress",
  params: byId,
  answer: historicExportSchema,
});

export const cancelHistoricExport = operation({
  id: "cancelHistoricExport",
  permission: "runs.start",
  tag: "Historic exports",
  summary: "Stop a historic export and its runs",
  params: byId,
  answer: historicExportSchema,
  errors: [409, 503],
});
