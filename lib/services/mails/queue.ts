import { randomUUID } from "node:crypto";
import { sealSecret } from "@/lib/crypto/secrets";
import type { Tx } from "@/lib/db/client";
import { mails } from "@/lib/db/schema";

export interface NewMail {
  /** Null for a mail that only operators may read if there is no mail server. */
  organizationId: string | null;
  alertId?: string;
  /** When it is due; immediately by default. */
  nextAttemptAt?: Date;
  to: string;
  subject: string;
  text: string;
  html: string;
}

export interface MailBody {
  text: string;
  html: string;
}

/** Binds a mail's sealed body to its row. */
export const mailAad = (id: string) => `mails:${id}`;

/**
 * Queues a mail in the transaction of the event it reports. It is sent soon after, or kept if there is no mail server.
 */
export async function queueMail(tx: Tx, { text, html, ...mail }: NewMail): Promise<string> {
  const id = randomUUID();
  const body: MailBody = { text, html };
  await tx.insert(mails).values({ id, ...mail, body: sealSecret(body, mailAad(id)) });
  return id;
}
