import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { members } from "@/lib/db/schema";
import { recordAudit, system } from "@/lib/services/audit";
import type { Login } from "./login";

/**
 * Records what happened to a login in the audit log of each of its organizations. Penstock is the actor: nobody knows
 * who opens a link or runs a command. `after` says from where.
 */
export async function auditReset(
  tx: Tx,
  { userId, email }: Login,
  action: "account.request-reset" | "account.reset-password",
  after: Record<string, unknown>,
): Promise<void> {
  const places = await tx.select({ id: members.organizationId }).from(members).where(eq(members.userId, userId));
  for (const { id } of places)
    await recordAudit(tx, system(id), { action, object: { id: userId, name: email }, after });
}
