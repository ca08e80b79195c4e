import { listOf } from "@/lib/fields/common";
import { activitySchema, listActivityQuerySchema } from "@/lib/schemas/activity";
import { auditEntrySchema, listAuditQuerySchema } from "@/lib/schemas/audit";
import { operation } from "../operation";
import { byProject } from "../params";

export const listActivity = operation({
  id: "listActivity",
  permission: "view",
  tag: "Runs",
  summary: "List a project's runs, the newest first",
  params: byProject,
  query: listActivityQuerySchema,
  answer: listOf(activitySchema),
});

export const listAudit = operation({
  id: "listAudit",
  permission: "audit.read",
  tag: "Audit log",
  summary: "List the audit log, the newest first",
  description:
    "A page of search results can have few or no entries and still have a nextCursor, which continues the search.",
  query: listAuditQuerySchema,
  answer: listOf(auditEntrySchema),
});
