import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { apiKeys, members } from "@/lib/db/schema";
import type { Actor, Origin } from "@/lib/services/access";
import { MINUTE } from "@/lib/units";
import { keyHash } from "./key";
import { roleOf } from "./role";
import { scopesOf } from "./to-api-key";

const USE_GRAIN_MS = MINUTE;

/**
 * Returns the actor of an API key; null if the key is unknown, expired, or revoked, or its creator has left the
 * organization. Every key costs one hash and one lookup, so timing reveals nothing.
 */
export async function authenticateKey(key: string, from: Origin): Promise<Actor | null> {
  const db = getDb();
  const [found] = await db
    .select({ row: apiKeys, makerRole: members.role })
    .from(apiKeys)
    .leftJoin(members, and(eq(members.organizationId, apiKeys.organizationId), eq(members.userId, apiKeys.createdBy)))
    .where(
      and(
        eq(apiKeys.hash, keyHash(key)),
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`)),
      ),
    );
  const role = found && roleOf(found.row, found.makerRole);
  if (!role) return null;
  const { row } = found;
  // Written at most once a minute, so a busy key does not cost a write per request.
  if (!row.lastUsedAt || Date.now() - row.lastUsedAt.getTime() > USE_GRAIN_MS)
    await db.update(apiKeys).set({ lastUsedAt: new Date() }).where(eq(apiKeys.id, row.id));
  return {
    kind: "key",
    userId: null,
    keyId: row.id,
    sessionId: null,
    name: `API key “${row.name}”`,
    organizationId: row.organizationId,
    role,
    operator: false,
    projectIds: [row.projectId],
    scopes: scopesOf(row),
    from,
  };
}
