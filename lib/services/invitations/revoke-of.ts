import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { invitations } from "@/lib/db/schema";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { auditedInvitation } from "./to-invitation";

/**
 * Revokes a person's open invitations in the actor's organization: nobody may invite with a role they no longer have.
 */
export async function revokeInvitationsOf(tx: Tx, actor: Actor, userId: string): Promise<void> {
  const { organizationId } = actor;
  const rows = await tx
    .delete(invitations)
    .where(
      and(
        eq(invitations.organizationId, organizationId),
        eq(invitations.invitedBy, userId),
        isNull(invitations.acceptedAt),
      ),
    )
    .returning();
  for (const row of rows)
    await recordAudit(tx, actor, {
      action: "invitation.revoke",
      object: { id: row.id, name: row.email },
      before: auditedInvitation(row),
    });
}
