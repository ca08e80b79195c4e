import { and, desc, eq, gt, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { session } from "@/lib/db/schema";
import type { List } from "@/lib/fields/common";
import type { Session } from "@/lib/schemas/me";
import { type Actor, requirePerson } from "@/lib/services/access";

/** Lists the person's sessions, most recently used first, on one page: they are few. */
export async function listSessions(actor: Actor): Promise<List<Session>> {
  const { userId, sessionId } = requirePerson(actor);
  const rows = await getDb()
    .select({
      id: session.id,
      ip: session.ipAddress,
      userAgent: session.userAgent,
      createdAt: session.createdAt,
      lastUsedAt: session.updatedAt,
      expiresAt: session.expiresAt,
    })
    .from(session)
    .where(and(eq(session.userId, userId), gt(session.expiresAt, sql`now()`)))
    .orderBy(desc(session.updatedAt), desc(session.id));
  const items = rows.map((row) => ({
    ...row,
    current: row.id === sessionId,
    // better-auth stores unknown values as empty strings.
    ip: row.ip || null,
    userAgent: row.userAgent || null,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
  return { items, nextCursor: null };
}
