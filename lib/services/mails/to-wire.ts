import type { mails } from "@/lib/db/schema";
import type { Mail } from "@/lib/schemas/organization";

type MailRow = Pick<
  typeof mails.$inferSelect,
  "id" | "to" | "subject" | "state" | "lastError" | "createdAt" | "sentAt"
>;

/** A mail as the API lists it: without its text. */
export function toMail(row: MailRow): Mail {
  const { id, to, subject, state, lastError } = row;
  const [createdAt, sentAt] = [row.createdAt.toISOString(), row.sentAt?.toISOString() ?? null];
  return { id, to, subject, state, lastError, createdAt, sentAt };
}
