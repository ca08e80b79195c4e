import type { MailRow } from "@/lib/db/rows";
import type { Mail } from "@/lib/schemas/organization";

type ListedMail = Pick<MailRow, "id" | "to" | "subject" | "state" | "lastError" | "createdAt" | "sentAt">;

/** Converts a mail to API form, without its text. */
export function toMail(row: ListedMail): Mail {
  const { id, to, subject, state, lastError } = row;
  const [createdAt, sentAt] = [row.createdAt.toISOString(), row.sentAt?.toISOString() ?? null];
  return { id, to, subject, state, lastError, createdAt, sentAt };
}
