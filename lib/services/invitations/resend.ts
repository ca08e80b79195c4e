import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { invitations } from "@/lib/db/schema";
import type { SentInvitation } from "@/lib/schemas/organization";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { deliverMailSoon } from "@/lib/services/mails";
import { newToken, tokenHash } from "@/lib/services/one-time-token";
import { lockPeople, requireOwnerFor } from "@/lib/services/people";
import { invitationExpiry } from "./link";
import { loadInvitation } from "./load";
import { sendInvitation } from "./send";
import { auditedInvitation } from "./to-invitation";

/** Resends an invitation, expired or not. Its old link becomes invalid. */
export async function resendInvitation(actor: Actor, input: { id: string }): Promise<SentInvitation> {
  const { sent, mailId } = await getDb().transaction(async (tx) => {
    const asker = await lockPeople(tx, actor);
    const old = await loadInvitation(tx, actor, input.id);
    // The response may contain the link: an admin must not obtain an owner's.
    requireOwnerFor(asker, [old.role]);
    const token = newToken();
    const [row] = await tx
      .update(invitations)
      .set({ hash: tokenHash(token), expiresAt: invitationExpiry(), invitedBy: actor.userId })
      .where(and(eq(invitations.id, old.id), eq(invitations.organizationId, actor.organizationId)))
      .returning();
    await recordAudit(tx, actor, {
      action: "invitation.resend",
      object: { id: old.id, name: old.email },
      before: auditedInvitation(old),
      after: auditedInvitation(row!),
    });
    return sendInvitation(tx, row!, token);
  });
  deliverMailSoon(getDb(), mailId);
  return sent;
}
