import { and, desc, eq, gte, ilike, lt, or, type SQL } from "drizzle-orm";
import { z } from "zod";
import { getDb } from "@/lib/db/client";
import { auditLog } from "@/lib/db/schema";
import type { AuditEntry, ListAuditQuery } from "@/lib/schemas/audit";
import type { List } from "@/lib/schemas/common";
import type { Actor } from "@/lib/services/auth/actor";
import { contains } from "@/lib/services/like";
import { decodeCursor, page } from "@/lib/services/paging";

const keySchema = z.tuple([z.number().int()]);

/** What was done in the actor's organization, the newest first. `from` is inclusive, `to` exclusive. */
export async function listAudit(actor: Actor, input: ListAuditQuery): Promise<List<AuditEntry>> {
  const rows = await getDb()
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.organizationId, actor.organizationId), ...filters(input)))
    .orderBy(desc(auditLog.id))
    .limit(input.limit + 1);
  return page(rows, input.limit, toEntry, (row) => [row.id]);
}

function filters(input: ListAuditQuery): (SQL | undefined)[] {
  const { projectId, action, objectType, objectId, actorId, text, from, to, cursor } = input;
  return [
    projectId === undefined ? undefined : eq(auditLog.projectId, projectId),
    action === undefined ? undefined : eq(auditLog.action, action),
    objectType === undefined ? undefined : eq(auditLog.objectType, objectType),
    objectId === undefined ? undefined : eq(auditLog.objectId, objectId),
    actorId === undefined ? undefined : eq(auditLog.actorId, actorId),
    text === undefined ? undefined : named(contains(text)),
    from === undefined ? undefined : gte(auditLog.time, new Date(from)),
    to === undefined ? undefined : lt(auditLog.time, new Date(to)),
    cursor === undefined ? undefined : lt(auditLog.id, decodeCursor(keySchema, cursor)[0]),
  ];
}

const named = (pattern: string) => or(ilike(auditLog.objectName, pattern), ilike(auditLog.actorName, pattern));

const toEntry = (row: typeof auditLog.$inferSelect): AuditEntry => ({
  id: row.id,
  time: row.time.toISOString(),
  projectId: row.projectId,
  actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
  ip: row.ip,
  userAgent: row.userAgent,
  action: row.action,
  object: { type: row.objectType, id: row.objectId, name: row.objectName },
  changes: row.changes,
});
