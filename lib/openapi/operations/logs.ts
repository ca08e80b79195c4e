import { listOf } from "@/lib/fields/common";
import { activitySchema, listActivityQuerySchema } from "@/lib/schemas/activity";
import { auditEntrySchema, listAuditQuerySchema } from "@/lib/schemas/audit";
import { operation } from "../operation";
import { byProject } from "../params";

export const listActivity = operation({
  id: "listActivity",
  permission: "view",
  tag: "Runs",
  summary: "Every request of a project, the newest first",
  params: byProject,
  query: listActivityQuerySchema,
  answer: listOf(activitySchema),
});

export const listAudit = operation({
  id: "listAudit",
  permission: "audit.read",
  tag: "Audit log",
  summary: "Who did what, the newest first",
  description:
    "A page of search results can have few entries, or none, and still have a nextCursor, which continues the search.",
  query: listAuditQuerySchema,
  answer: listOf(auditEntrySchema),
});
