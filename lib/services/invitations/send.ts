import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { organizations, user } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import type { SentInvitation } from "@/lib/schemas/organization";
import { queueMail } from "@/lib/services/mails/queue";
import type { InvitationRow } from "./load";
import { invitationMail } from "./mail";
import { toInvitation } from "./to-wire";
import { invitationLink } from "./token";

/**
 * Queues an invitation's mail and answers the invitation with its link, which nobody can see again, and the mail's id: it can
 * go as soon as the transaction is done.
 */
export async function sendInvitation(
  tx: Tx,
  row: InvitationRow,
  token: string,
): Promise<{ sent: SentInvitation; mailId: string }> {
  const { organizationId, email, role, expiresAt } = row;
  const [names] = await tx
    .select({ organization: organizations.name, inviter: user.name })
    .from(organizations)
    .leftJoin(user, eq(user.id, row.invitedBy ?? ""))
    .where(eq(organizations.id, organizationId));
  const { organization, inviter } = names!;
  const link = invitationLink(token);
  const mail = invitationMail({ organization, inviter, role, link, expiresAt });
  const mailId = await queueMail(tx, { organizationId, to: email, ...mail });
  return { sent: { ...toInvitation(row, inviter), link, mailed: getEnv().SMTP_URL !== undefined }, mailId };
}
