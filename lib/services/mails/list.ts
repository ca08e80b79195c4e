import { and, desc } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { mails } from "@/lib/db/schema";
import type { List } from "@/lib/schemas/common";
import type { Mail } from "@/lib/schemas/organization";
import type { Actor } from "@/lib/services/auth/actor";
import { afterCreated, page } from "@/lib/services/paging";
import { readableMails } from "./readable";
import { toMail } from "./to-wire";

interface Input {
  limit: number;
  cursor?: string | undefined;
}

/** Mails that were written for the organization's people, without their texts, the newest first. */
export async function listMails(actor: Actor, input: Input): Promise<List<Mail>> {
  const rows = await getDb()
    .select()
    .from(mails)
    .where(and(readableMails(actor), afterCreated(mails.createdAt, mails.id, input.cursor)))
    .orderBy(desc(mails.createdAt), desc(mails.id))
    .limit(input.limit + 1);
  return page(rows, input.limit, toMail, (row) => [row.createdAt, row.id]);
}
