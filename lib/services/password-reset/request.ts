import { getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { conflict } from "@/lib/errors";
import type { Origin } from "@/lib/services/access";
import { getLogger, loggable } from "@/lib/services/logger";
import { deliverMailSoon, queueMail } from "@/lib/services/mails";
import { spend } from "@/lib/services/rate-limits";
import { auditReset } from "./audited";
import { insertLink } from "./links";
import { loginOf } from "./login";
import { resetMail } from "./mail";

/** Whether reset links can be mailed. Without a mail server, mails are kept, and others could read the link. */
export const canMailReset = (): boolean => getEnv().SMTP_URL !== undefined;

/**
 * Mails a reset link to the address if it has a login. The caller learns nothing about that: not from the response, nor
 * from its timing, because the address is looked up after the response. Throws a 409 without a mail server, and a 429
 * for the address after a few requests, whether it has a login or not.
 */
export async function requestPasswordReset({ email }: { email: string }, from: Origin): Promise<undefined> {
  if (!canMailReset())
    throw conflict(
      "mail_not_configured",
      "This Penstock sends no email. Ask the person who runs it to reset your password with npm run reset-password.",
    );
  await spend("reset-request", email);
  sendLink(email, from).catch((error: unknown) =>
    getLogger().error({ error: loggable(error) }, "Could not send a link to reset a password."),
  );
}

async function sendLink(email: string, from: Origin): Promise<void> {
  const login = await loginOf(email);
  if (!login) return;
  const mailId = await getDb().transaction(async (tx) => {
    const link = await insertLink(tx, login);
    await auditReset(tx, login, "account.request-reset", { address: from.ip, userAgent: from.userAgent });
    // No organization's: its owners could read a kept mail, and with its link the account of a member.
    return queueMail(tx, { organizationId: null, to: login.email, ...resetMail(link) });
  });
  deliverMailSoon(getDb(), mailId);
}
