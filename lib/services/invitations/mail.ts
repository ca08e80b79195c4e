import type { Role } from "@/lib/permissions";
import { escapeHtml } from "@/lib/services/mails";

export interface InvitationMail {
  organization: string;
  /** The inviter's name; null if no longer known. */
  inviter: string | null;
  role: Role;
  link: string;
  expiresAt: Date;
}

/** Names are user input: keep them on one line in a mail. */
const oneLine = (text: string) => text.replace(/\s+/g, " ");

/** Renders the invitation mail as plain text and HTML. */
export function invitationMail(mail: InvitationMail): { subject: string; text: string; html: string } {
  const organization = oneLine(mail.organization);
  const inviter = oneLine(mail.inviter ?? "An owner");
  const role = `${/^[aeiou]/.test(mail.role) ? "an" : "a"} ${mail.role}`;
  const until = `${mail.expiresAt.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const invites = `${inviter} invites you to join “${organization}” in Penstock as ${role}.`;
  const validity = `The link works once, until ${until}. If you didn't expect it, ignore this email.`;
  const link = escapeHtml(mail.link);
  return {
    subject: `Join ${organization} in Penstock`,
    text: `${invites}\n\nAccept the invitation:\n${mail.link}\n\n${validity}\n`,
    html: `<p>${escapeHtml(invites)}</p><p><a href="${link}">Accept the invitation</a></p><p>${link}</p><p>${escapeHtml(validity)}</p>`,
  };
}
