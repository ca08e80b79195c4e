import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { members, session } from "@/lib/db/schema";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { revokeInvitationsOf } from "@/lib/services/invitations";
import { lockPeople, requireAnotherOwner, requireOwnerFor } from "@/lib/services/people";
import { loadMember } from "./load";

/**
 * Removes a member from the organization: their sessions and API keys lose access immediately, and their open
 * invitations are revoked. One owner always remains.
 */
export async function removeMember(actor: Actor, input: { id: string }): Promise<undefined> {
  const { organizationId } = actor;
  await getDb().transaction(async (tx) => {
    const asker = await lockPeople(tx, actor);
    const member = await loadMember(tx, organizationId, input.id);
    requireOwnerFor(asker, [member.role]);
    if (member.role === "owner") await requireAnotherOwner(tx, organizationId);
    await tx.delete(members).where(and(eq(members.id, member.id), eq(members.organizationId, organizationId)));
    // Requests always recheck membership; this only clears the sessions' active organization.
    await tx
      .update(session)
      .set({ activeOrganizationId: null, activeProjectId: null })
      .where(and(eq(session.userId, member.userId), eq(session.activeOrganizationId, organizationId)));
    await revokeInvitationsOf(tx, actor, member.userId);
    await recordAudit(tx, actor, {
      action: "member.remove",
      object: { id: member.id, name: member.email },
      before: { role: member.role },
    });
  });
}
