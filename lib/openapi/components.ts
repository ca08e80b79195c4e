import { zodToOpenAPIRegistry } from "@asteasolutions/zod-to-openapi";
import type { z } from "zod";
import { DESTINATION_TYPES, type DestinationType, destinations } from "@/lib/destinations/catalog";
import { policyRequestSchema, policySchema } from "@/lib/destinations/s3/policy-schema";
import { columnChoiceSchema } from "@/lib/fields/columns";
import { errorSchema } from "@/lib/fields/common";
import { eventNameSchema } from "@/lib/fields/event-name";
import { filtersSchema, propertyFilterSchema } from "@/lib/fields/filters";
import {
  committedTableSchema,
  queryParamsSchema,
  receiptFileSchema,
  receiptSchema,
  storedEncryptionSchema,
} from "@/lib/fields/receipt";
import { pastScheduleSchema, scheduleSchema } from "@/lib/fields/schedule";
import { verifyResultSchema } from "@/lib/fields/verification";
import { activitySchema } from "@/lib/schemas/activity";
import {
  alertChannelSchema,
  alertSchema,
  createAlertChannelSchema,
  newAlertChannelSchema,
  patchAlertChannelSchema,
} from "@/lib/schemas/alert";
import { auditChangeSchema, auditEntrySchema } from "@/lib/schemas/audit";
import {
  connectionSchema,
  createConnectionSchema,
  patchConnectionSchema,
  testConnectionSchema,
} from "@/lib/schemas/connection";
import {
  catchUpSchema,
  caughtUpSchema,
  createExportSchema,
  exportSchema,
  patchExportSchema,
  pauseReasonSchema,
  previewExportSchema,
  previewSchema,
  runDotSchema,
} from "@/lib/schemas/export";
import {
  createHistoricExportSchema,
  historicEstimateSchema,
  historicExportSchema,
} from "@/lib/schemas/historic-export";
import { meSchema, sessionSchema, signUpSchema } from "@/lib/schemas/me";
import {
  apiKeySchema,
  invitationSchema,
  mailSchema,
  memberSchema,
  newApiKeySchema,
  organizationSchema,
  sentInvitationSchema,
} from "@/lib/schemas/organization";
import { claimedBucketSchema } from "@/lib/schemas/policy";
import { historicProgressSchema, progressSchema, runProgressSchema } from "@/lib/schemas/progress";
import { healthSchema, projectSchema } from "@/lib/schemas/project";
import { reservedKeysSchema } from "@/lib/schemas/reserved-keys";
import { coverageSchema, failureSchema, runFileSchema, runLogSchema, runSchema } from "@/lib/schemas/run";
import { sourceSchema } from "@/lib/schemas/source";
import { timelineSchema } from "@/lib/schemas/timeline";
import { trendPointSchema } from "@/lib/schemas/trends";
import { webhookBodySchema } from "@/lib/schemas/webhook";

/** Schema names from before all settings were named alike; readers of the document rely on them. */
const SETTINGS_NAMES: { readonly [T in DestinationType]?: string } = { s3: "S3Destination" };

const components: Record<string, z.ZodType> = {
  // Schemas referenced as nullable come first: otherwise they might be nullable everywhere.
  Failure: failureSchema,
  PauseReason: pauseReasonSchema,
  StoredEncryption: storedEncryptionSchema,
  CommittedTable: committedTableSchema,
  VerifyResult: verifyResultSchema,
  Activity: activitySchema,
  Alert: alertSchema,
  AlertChannel: alertChannelSchema,
  ApiKey: apiKeySchema,
  AuditChange: auditChangeSchema,
  AuditEntry: auditEntrySchema,
  Bucket: claimedBucketSchema,
  CatchUp: catchUpSchema,
  CaughtUp: caughtUpSchema,
  Connection: connectionSchema,
  CreateAlertChannel: createAlertChannelSchema,
  Invitation: invitationSchema,
  Mail: mailSchema,
  Member: memberSchema,
  NewAlertChannel: newAlertChannelSchema,
  NewApiKey: newApiKeySchema,
  Organization: organizationSchema,
  PatchAlertChannel: patchAlertChannelSchema,
  Policy: policySchema,
  PolicyRequest: policyRequestSchema,
  SentInvitation: sentInvitationSchema,
  Session: sessionSchema,
  SignUp: signUpSchema,
  WebhookBody: webhookBodySchema,
  Coverage: coverageSchema,
  CreateConnection: createConnectionSchema,
  CreateExport: createExportSchema,
  CreateHistoricExport: createHistoricExportSchema,
  Error: errorSchema,
  EventName: eventNameSchema,
  Export: exportSchema,
  Filters: filtersSchema,
  ColumnChoice: columnChoiceSchema,
  PropertyFilter: propertyFilterSchema,
  Health: healthSchema,
  HistoricEstimate: historicEstimateSchema,
  HistoricExport: historicExportSchema,
  Me: meSchema,
  PatchConnection: patchConnectionSchema,
  PatchExport: patchExportSchema,
  Preview: previewSchema,
  PreviewExport: previewExportSchema,
  Project: projectSchema,
  PastSchedule: pastScheduleSchema,
  Receipt: receiptSchema,
  ReceiptFile: receiptFileSchema,
  ReservedKeys: reservedKeysSchema,
  Run: runSchema,
  RunDot: runDotSchema,
  RunFile: runFileSchema,
  RunLog: runLogSchema,
  Progress: progressSchema,
  RunProgress: runProgressSchema,
  HistoricProgress: historicProgressSchema,
  Timeline: timelineSchema,
  TrendPoint: trendPointSchema,
  ...destinationComponents(),
  Schedule: scheduleSchema,
  Source: sourceSchema,
  TestConnection: testConnectionSchema,
};

/** Connection and export settings of each destination: `SnowflakeConfig`, `SnowflakeSettings`. */
function destinationComponents(): Record<string, z.ZodType> {
  const named = DESTINATION_TYPES.flatMap((type): [string, z.ZodType][] => {
    const name = type.charAt(0).toUpperCase() + type.slice(1);
    const { config, settings } = destinations[type];
    return [
      [`${name}Config`, config],
      [SETTINGS_NAMES[type] ?? `${name}Settings`, settings],
    ];
  });
  return Object.fromEntries(named);
}

/** Registers the schemas under their names in the document, and returns them. */
export function namedComponents(): z.ZodType[] {
  for (const [refId, schema] of Object.entries(components)) zodToOpenAPIRegistry.add(schema, { _internal: { refId } });
  zodToOpenAPIRegistry.add(queryParamsSchema, {
    description: "The query's parameters by name, in ClickHouse's format.",
    additionalProperties: { type: ["string", "number", "boolean", "array"] },
  });
  return Object.values(components);
}
