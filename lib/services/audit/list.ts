import { and, desc, eq, gte, ilike, lt, or, type SQL } from "drizzle-orm";
import { z } from "zod";
import { getDb } from "@/lib/db/client";
import type { AuditRow } from "@/lib/db/rows";
import { auditLog } from "@/lib/db/schema";
import type { List } from "@/lib/fields/common";
import type { AuditEntry, ListAuditQuery } from "@/lib/schemas/audit";
import type { Actor } from "@/lib/services/access";
import { contains } from "@/lib/services/like";
import { decodeCursor, encodeCursor, page } from "@/lib/services/paging";

const keySchema = z.tuple([z.number().int()]);

/** Entries that one search page scans, so that a search without matches does not scan the whole log. */
const SEARCHED = 20_000;

/**
 * Lists the audit log of the actor's organization, newest first. `from` is inclusive, `to` exclusive. A search page may
 * have few or no entries and still a cursor, which continues the scan.
 */
export async function listAudit(actor: Actor, input: ListAuditQuery, searched = SEARCHED): Promise<List<AuditEntry>> {
  const within = and(eq(auditLog.organizationId, actor.organizationId), ...range(input));
  const search = and(...filters(input));
  // An index covers lookups by object.
  const isFound = input.objectType !== undefined && input.objectId !== undefined;
  const floor = search && !isFound ? await floorOf(within, searched) : undefined;
  const rows = await getDb()
    .select()
    .from(auditLog)
    .where(and(within, search, floor === undefined ? undefined : gte(auditLog.id, floor)))
    .orderBy(desc(auditLog.id))
    .limit(input.limit + 1);
  const found = page(rows, input.limit, toEntry, (row) => [row.id]);
  return floor !== undefined && found.nextCursor === null ? { ...found, nextCursor: encodeCursor([floor]) } : found;
}

/** The id of the scan's last entry; undefined if the log ends before. */
async function floorOf(within: SQL | undefined, searched: number): Promise<number | undefined> {
  const [row] = await getDb()
    .select({ id: auditLog.id })
    .from(auditLog)
    .where(within)
    .orderBy(desc(auditLog.id))
    .offset(searched - 1)
    .limit(1);
  return row?.id;
}

const range = ({ from, to, cursor }: ListAuditQuery): (SQL | undefined)[] => [
  from === undefined ? undefined : gte(auditLog.time, new Date(from)),
  to === undefined ? undefined : lt(auditLog.time, new Date(to)),
  cursor === undefined ? undefined : lt(auditLog.id, decodeCursor(keySchema, cursor)[0]),
];

function filters({ projectId, action, objectType, objectId, actorId, text }: ListAuditQuery): (SQL | undefined)[] {
  return [
    projectId === undefined ? undefined : eq(auditLog.projectId, projectId),
    action === undefined ? undefined : eq(auditLog.action, action),
    objectType === undefined ? undefined : eq(auditLog.objectType, objectType),
    objectId === undefined ? undefined : eq(auditLog.objectId, objectId),
    actorId === undefined ? undefined : eq(auditLog.actorId, actorId),
    text === undefined ? undefined : named(contains(text)),
  ];
}

const named = (pattern: string) => or(ilike(auditLog.objectName, pattern), ilike(auditLog.actorName, pattern));

const toEntry = (row: AuditRow): AuditEntry => ({
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
