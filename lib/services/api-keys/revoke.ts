import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { apiKeys } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { type Actor, requireProject } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";

/** Permanently revokes an API key: its next request is rejected. Idempotent. */
export async function revokeApiKey(actor: Actor, input: { id: string }): Promise<undefined> {
  const its = and(eq(apiKeys.id, input.id), eq(apiKeys.organizationId, actor.organizationId));
  await getDb().transaction(async (tx) => {
    const [row] = await tx.select().from(apiKeys).where(its).for("update");
    if (!row) throw notFound("API key");
    requireProject(actor, row.projectId);
    if (row.revokedAt) return;
    const revokedAt = new Date();
    await tx.update(apiKeys).set({ revokedAt }).where(its);
    await recordAudit(tx, actor, {
      action: "api-key.revoke",
      object: { id: row.id, name: row.name },
      projectId: row.projectId,
      before: { revokedAt: null },
      after: { revokedAt },
    });
  });
}
