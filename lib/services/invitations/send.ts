import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { InvitationRow } from "@/lib/db/rows";
import { organizations, user } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import type { SentInvitation } from "@/lib/schemas/organization";
import { queueMail } from "@/lib/services/mails";
import { invitationLink } from "./link";
import { invitationMail } from "./mail";
import { toInvitation } from "./to-invitation";

/**
 * Queues an invitation's mail and returns the invitation and the mail's id, to deliver once the transaction commits.
 * Returns the link only if no mail server is configured; otherwise the inviter could create a login under another
 * person's address.
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
  const mailed = getEnv().SMTP_URL !== undefined;
  return { sent: { ...toInvitation(row, inviter), link: mailed ? null : link, mailed }, mailId };
}
