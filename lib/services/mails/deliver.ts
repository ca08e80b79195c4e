import { eq, inArray, type SQL } from "drizzle-orm";
import type { Transporter } from "nodemailer";
import { openSecret } from "@/lib/crypto/secrets";
import type { Db } from "@/lib/db/client";
import type { MailRow } from "@/lib/db/rows";
import { mails } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import { getLogger, loggable } from "@/lib/services/logger";
import { afterFailure, claimDue } from "./outbox";
import { type MailBody, mailAad } from "./queue";
import { openSmtp, smtpFailure } from "./smtp";

const BATCH = 10;

/**
 * Sends up to ten due mails, or of the `certain` ones, and returns how many it took. Without a mail server, mails are
 * kept for reading in the app.
 */
export async function deliverMails(db: Db, certain?: SQL): Promise<number> {
  const ids = await claimDue(db, mails, BATCH, { untried: certain });
  if (ids.length === 0) return 0;
  const { SMTP_URL } = getEnv();
  if (!SMTP_URL) {
    await db.update(mails).set({ state: "kept" }).where(inArray(mails.id, ids));
    return ids.length;
  }
  const rows = await db.select().from(mails).where(inArray(mails.id, ids));
  const smtp = openSmtp(SMTP_URL);
  try {
    await Promise.all(rows.map((row) => send(db, smtp, row)));
  } finally {
    smtp.close();
  }
  return ids.length;
}

/** Delivers one mail now, in the background. Failures are logged, and a later round retries them. */
export function deliverMailSoon(db: Db, id: string): void {
  deliverMails(db, eq(mails.id, id)).catch((error: unknown) =>
    getLogger().warn({ mail: id, error: loggable(error) }, "Delivering an email failed; it is retried."),
  );
}

/** If the process dies between sending and marking, the mail is sent again: at worst twice, never skipped. */
async function send(db: Db, smtp: Transporter, row: MailRow): Promise<void> {
  const now = () => new Date();
  try {
    const { text, html } = openSecret<MailBody>(row.body, mailAad(row.id));
    const headers = { "auto-submitted": "auto-generated" };
    const messageId = `<${row.id}@penstock>`;
    await smtp.sendMail({ from: getEnv().MAIL_FROM, to: row.to, subject: row.subject, text, html, headers, messageId });
    // The body is erased: a link in it may be as good as a password.
    await save(db, row, { state: "sent", sentAt: now(), lastError: null, body: "" });
  } catch (error) {
    const failure = smtpFailure(error);
    getLogger().warn({ mail: row.id, code: loggable(error).code, reason: failure.message }, "An email wasn't sent.");
    const after = afterFailure(row, failure, now());
    await save(db, row, { ...after, ...("state" in after && { body: "" }) });
  }
}

const save = (db: Db, row: MailRow, values: Partial<MailRow>) =>
  db.update(mails).set(values).where(eq(mails.id, row.id));
