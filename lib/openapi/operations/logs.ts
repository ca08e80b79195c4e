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
    "A page of a search may have few entries or none and a nextCursor all the same: behind it is what was not looked through yet.",
  query: listAuditQuerySchema,
  answer: listOf(auditEntrySchema),
});
