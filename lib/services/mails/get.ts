import { and, eq, isNull, or, type SQL } from "drizzle-orm";
import { openSecret } from "@/lib/crypto/secrets";
import { getDb } from "@/lib/db/client";
import { mails } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { MailWithText } from "@/lib/schemas/organization";
import type { Actor } from "@/lib/services/access";
import { type MailBody, mailAad } from "./queue";
import { toMail } from "./to-mail";

/** Returns a mail. Its text is empty unless it was kept for lack of a mail server. */
export async function getMail(actor: Actor, input: { id: string }): Promise<MailWithText> {
  const [row] = await getDb()
    .select()
    .from(mails)
    .where(and(eq(mails.id, input.id), readableMails(actor)));
  if (!row) throw notFound("mail");
  const text = row.state === "kept" ? openSecret<MailBody>(row.body, mailAad(row.id)).text : "";
  return { ...toMail(row), text };
}

/** The mails an actor may read: the organization's and, for operators, those of no organization. */
const readableMails = ({ organizationId, operator }: Actor): SQL | undefined =>
  or(eq(mails.organizationId, organizationId), operator ? isNull(mails.organizationId) : undefined);
