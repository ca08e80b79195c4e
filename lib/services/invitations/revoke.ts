import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { invitations } from "@/lib/db/schema";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { lockPeople, requireOwnerFor } from "@/lib/services/people";
import { loadInvitation } from "./load";
import { auditedInvitation } from "./to-invitation";

/** Revokes an invitation: its link is invalid immediately. */
export async function revokeInvitation(actor: Actor, input: { id: string }): Promise<undefined> {
  await getDb().transaction(async (tx) => {
    const asker = await lockPeople(tx, actor);
    const row = await loadInvitation(tx, actor, input.id);
    requireOwnerFor(asker, [row.role]);
    await tx
      .delete(invitations)
      .where(and(eq(invitations.id, row.id), eq(invitations.organizationId, actor.organizationId)));
    await recordAudit(tx, actor, {
      action: "invitation.revoke",
      object: { id: row.id, name: row.email },
      before: auditedInvitation(row),
    });
  });
}
