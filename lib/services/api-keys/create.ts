import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { user } from "@/lib/db/schema";
import { invalidField } from "@/lib/errors";
import type { CreateApiKey, NewApiKey } from "@/lib/schemas/organization";
import { type Actor, loadProject, requirePerson } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { requireRoom } from "@/lib/services/quotas";
import { insertKeyRow } from "./insert";
import { auditedKey, toApiKey } from "./to-api-key";

/** Creates an API key with at most its creator's current role. Only this call returns the key. */
export async function createApiKey(actor: Actor, input: CreateApiKey & { projectId: string }): Promise<NewApiKey> {
  const { userId } = requirePerson(actor);
  const { id: projectId, organizationId } = await loadProject(actor, input.projectId);
  const { name, scopes } = input;
  const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
  if (expiresAt && expiresAt.getTime() <= Date.now()) throw notInFuture();
  return getDb().transaction(async (tx) => {
    await requireRoom(tx, "api_keys", organizationId);
    const values = { organizationId, projectId, name, scopes, expiresAt, role: actor.role, createdBy: userId };
    const { key, row } = await insertKeyRow(tx, values);
    const object = { id: row.id, name };
    await recordAudit(tx, actor, { action: "api-key.create", object, projectId, after: auditedKey(row) });
    const [maker] = await tx.select({ name: user.name }).from(user).where(eq(user.id, userId));
    return { ...toApiKey(row, maker?.name ?? null), key };
  });
}

const notInFuture = () => invalidField("expiresAt", "Must be in the future.");
