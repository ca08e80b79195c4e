import { randomUUID } from "node:crypto";
import { sealSecret } from "@/lib/crypto/secrets";
import type { Tx } from "@/lib/db/client";
import { mails } from "@/lib/db/schema";

export interface NewMail {
  /** Null for a mail that only those who run the installation may read where no mail server is set. */
  organizationId: string | null;
  alertId?: string;
  /** When it is due; at once unless given. */
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

/** What binds a mail's sealed body to its row. */
export const mailAad = (id: string) => `mails:${id}`;

/** Puts a mail into the outbox, in the transaction of what it tells. It is sent, or kept where no mail server is set, soon after. */
export async function queueMail(tx: Tx, { text, html, ...mail }: NewMail): Promise<string> {
  const id = randomUUID();
  const body: MailBody = { text, html };
  await tx.insert(mails).values({ id, ...mail, body: sealSecret(body, mailAad(id)) });
  return id;
}
