import { zodToOpenAPIRegistry } from "@asteasolutions/zod-to-openapi";
import type { z } from "zod";
import { errorSchema } from "@/lib/schemas/common";
import {
  connectionSchema,
  createConnectionSchema,
  patchConnectionSchema,
  s3ConfigSchema,
  testConnectionSchema,
  verifyResultSchema,
} from "@/lib/schemas/connection";
import { s3DestinationSchema } from "@/lib/schemas/destination";
import { eventNameSchema } from "@/lib/schemas/event-name";
import {
  createExportSchema,
  exportSchema,
  filtersSchema,
  patchExportSchema,
  previewExportSchema,
  previewSchema,
  runDotSchema,
} from "@/lib/schemas/export";
import {
  createHistoricExportSchema,
  historicEstimateSchema,
  historicExportSchema,
} from "@/lib/schemas/historic-export";
import { meSchema } from "@/lib/schemas/me";
import { healthSchema, projectSchema } from "@/lib/schemas/project";
import { receiptFileSchema, receiptSchema } from "@/lib/schemas/receipt";
import { coverageSchema, failureSchema, runFileSchema, runLogSchema, runSchema } from "@/lib/schemas/run";
import { scheduleSchema } from "@/lib/schemas/schedule";

const components: Record<string, z.ZodType> = {
  Connection: connectionSchema,
  Coverage: coverageSchema,
  CreateConnection: createConnectionSchema,
  CreateExport: createExportSchema,
  CreateHistoricExport: createHistoricExportSchema,
  Error: errorSchema,
  EventName: eventNameSchema,
  Export: exportSchema,
  Failure: failureSchema,
  Filters: filtersSchema,
  Health: healthSchema,
  HistoricEstimate: historicEstimateSchema,
  HistoricExport: historicExportSchema,
  Me: meSchema,
  PatchConnection: patchConnectionSchema,
  PatchExport: patchExportSchema,
  Preview: previewSchema,
  PreviewExport: previewExportSchema,
  Project: projectSchema,
  Receipt: receiptSchema,
  ReceiptFile: receiptFileSchema,
  Run: runSchema,
  RunDot: runDotSchema,
  RunFile: runFileSchema,
  RunLog: runLogSchema,
  S3Config: s3ConfigSchema,
  S3Destination: s3DestinationSchema,
  Schedule: scheduleSchema,
  TestConnection: testConnectionSchema,
  VerifyResult: verifyResultSchema,
};

/** Gives the schemas the names under which the document refers to them, and returns them. */
export function namedComponents(): z.ZodType[] {
  for (const [refId, schema] of Object.entries(components)) zodToOpenAPIRegistry.add(schema, { _internal: { refId } });
  zodToOpenAPIRegistry.add(receiptSchema.shape.source.shape.params, {
    description: "The query's parameters by name, as ClickHouse takes them.",
    additionalProperties: { type: ["string", "number", "boolean", "array"] },
  });
  return Object.values(components);
}
