import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { apiKeys } from "@/lib/db/schema";
import type { Actor, Origin } from "@/lib/services/auth/actor";
import { keyHash } from "./key";
import { scopesOf } from "./to-wire";

const USE_GRAIN_MS = 60_000;

/**
 * The actor that an API key stands for; null when it is unknown, expired or revoked. The same work for every key: one hash
 * and one look-up by it, so that timing tells nothing about a key.
 */
export async function authenticateKey(key: string, from: Origin): Promise<Actor | null> {
  const db = getDb();
  const [row] = await db
    .select()
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.hash, keyHash(key)),
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`)),
      ),
    );
  if (!row) return null;
  // Written at most once a minute: a busy key must not cost a write for each request.
  if (!row.lastUsedAt || Date.now() - row.lastUsedAt.getTime() > USE_GRAIN_MS)
    await db.update(apiKeys).set({ lastUsedAt: new Date() }).where(eq(apiKeys.id, row.id));
  return {
    kind: "key",
    userId: null,
    keyId: row.id,
    sessionId: null,
    name: `API key “${row.name}”`,
    organizationId: row.organizationId,
    role: row.role,
    operator: false,
    projectIds: [row.projectId],
    scopes: scopesOf(row),
    from,
  };
}
