import { and, desc, eq, isNull, type SQL } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { getDb } from "@/lib/db/client";
import { mails } from "@/lib/db/schema";
import type { List } from "@/lib/fields/common";
import type { Mail } from "@/lib/schemas/organization";
import type { Actor } from "@/lib/services/access";
import { afterCreated, page } from "@/lib/services/paging";
import { toMail } from "./to-mail";

interface Input {
  limit: number;
  cursor?: string | undefined;
}

/** Lists the mails that the actor may read, without texts, newest first. */
export async function listMails(actor: Actor, input: Input): Promise<List<Mail>> {
  const own = newest(eq(mails.organizationId, actor.organizationId), input);
  // Each part uses an index for its order; a combined condition would sort all rows.
  const rows = actor.operator
    ? await unionAll(own, newest(isNull(mails.organizationId), input))
        .orderBy(...ORDER)
        .limit(input.limit + 1)
    : await own;
  return page(rows, input.limit, toMail, (row) => [row.createdAt, row.id]);
}

const ORDER = [desc(mails.createdAt), desc(mails.id)];

const newest = (whose: SQL, { limit, cursor }: Input) =>
  getDb()
    .select({
      id: mails.id,
      to: mails.to,
      subject: mails.subject,
      state: mails.state,
      lastError: mails.lastError,
      createdAt: mails.createdAt,
      sentAt: mails.sentAt,
    })
    .from(mails)
    .where(and(whose, afterCreated(mails.createdAt, mails.id, cursor)))
    .orderBy(...ORDER)
    .limit(limit + 1);
