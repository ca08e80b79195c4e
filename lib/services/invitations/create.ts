import { and, eq, isNull, sql } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import type { InvitationRow } from "@/lib/db/rows";
import { invitations, members, user } from "@/lib/db/schema";
import { conflict } from "@/lib/errors";
import type { Invite, SentInvitation } from "@/lib/schemas/organization";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { deliverMailSoon } from "@/lib/services/mails";
import { newToken, tokenHash } from "@/lib/services/one-time-token";
import { lockPeople, requireOwnerFor } from "@/lib/services/people";
import { requireRoom } from "@/lib/services/quotas";
import { invitationExpiry } from "./link";
import { sendInvitation } from "./send";
import { auditedInvitation } from "./to-invitation";

/** Invites a person. Replaces the address's open invitation, whose link becomes invalid. */
export async function invite(actor: Actor, { email, role }: Invite): Promise<SentInvitation> {
  const { organizationId, userId } = actor;
  const { sent, mailId } = await getDb().transaction(async (tx) => {
    const asker = await lockPeople(tx, actor);
    requireOwnerFor(asker, [role]);
    if (await isMember(tx, organizationId, email))
      throw conflict("already_member", `${email} is already a member. Change the role in the list of members.`);
    const replaced = await takeOpen(tx, organizationId, email);
    if (replaced) requireOwnerFor(asker, [replaced.role]);
    await requireRoom(tx, "invitations", organizationId);
    const token = newToken();
    const [row] = await tx
      .insert(invitations)
      .values({
        organizationId,
        email,
        role,
        hash: tokenHash(token),
        invitedBy: userId,
        expiresAt: invitationExpiry(),
      })
      .returning();
    await recordAudit(tx, actor, {
      action: "invitation.create",
      object: { id: row!.id, name: email },
      before: replaced && auditedInvitation(replaced),
      after: auditedInvitation(row!),
    });
    return sendInvitation(tx, row!, token);
  });
  deliverMailSoon(getDb(), mailId);
  return sent;
}

async function isMember(tx: Tx, organizationId: string, email: string): Promise<boolean> {
  const rows = await tx
    .select({ id: members.id })
    .from(members)
    .innerJoin(user, eq(user.id, members.userId))
    .where(and(eq(members.organizationId, organizationId), eq(sql`lower(${user.email})`, email)));
  return rows.length > 0;
}

/** Deletes the address's open invitation, expired or not, and returns it, or null. */
async function takeOpen(tx: Tx, organizationId: string, email: string): Promise<InvitationRow | null> {
  const [row] = await tx
    .delete(invitations)
    .where(
      and(eq(invitations.organizationId, organizationId), eq(invitations.email, email), isNull(invitations.acceptedAt)),
    )
    .returning();
  return row ?? null;
}
