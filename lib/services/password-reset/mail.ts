import { escapeHtml } from "@/lib/services/mails";
import type { ResetLink } from "./links";

/** Renders the mail with a reset link as plain text and HTML. */
export function resetMail({ link, expiresAt }: ResetLink): { subject: string; text: string; html: string } {
  const until = `${expiresAt.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const asked = "Someone asked to reset the password of your Penstock account.";
  const validity = `The link works once, until ${until}. If it wasn’t you, ignore this email: your password stays as it is.`;
  const href = escapeHtml(link);
  return {
    subject: "Reset your Penstock password",
    text: `${asked}\n\nChoose a new password:\n${link}\n\n${validity}\n`,
    html: `<p>${asked}</p><p><a href="${href}">Choose a new password</a></p><p>${href}</p><p>${escapeHtml(validity)}</p>`,
  };
}
