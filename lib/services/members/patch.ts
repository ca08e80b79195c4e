import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { members } from "@/lib/db/schema";
import { isAtLeast, type Role } from "@/lib/permissions";
import type { Member } from "@/lib/schemas/organization";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { revokeInvitationsOf } from "@/lib/services/invitations";
import { lockPeople, requireAnotherOwner, requireOwnerFor } from "@/lib/services/people";
import { loadMember, toMember } from "./load";

/**
 * Changes a member's role. A lower role revokes the member's open invitations. Only owners can make or change owners,
 * and one always remains.
 */
export async function patchMember(actor: Actor, input: { id: string; role: Role }): Promise<Member> {
  const { organizationId } = actor;
  return getDb().transaction(async (tx) => {
    const asker = await lockPeople(tx, actor);
    const member = await loadMember(tx, organizationId, input.id);
    requireOwnerFor(asker, [member.role, input.role]);
    if (member.role === input.role) return toMember(member);
    if (member.role === "owner") await requireAnotherOwner(tx, organizationId);
    await tx
      .update(members)
      .set({ role: input.role })
      .where(and(eq(members.id, member.id), eq(members.organizationId, organizationId)));
    if (!isAtLeast(input.role, member.role)) await revokeInvitationsOf(tx, actor, member.userId);
    await recordAudit(tx, actor, {
      action: "member.update",
      object: { id: member.id, name: member.email },
      before: { role: member.role },
      after: { role: input.role },
    });
    return toMember({ ...member, role: input.role });
  });
}
