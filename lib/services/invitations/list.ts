import { and, desc, eq, isNull } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { invitations } from "@/lib/db/schema";
import type { List } from "@/lib/fields/common";
import type { Invitation } from "@/lib/schemas/organization";
import type { Actor } from "@/lib/services/access";
import { afterCreated, page } from "@/lib/services/paging";
import { namesOf } from "@/lib/services/people";
import { toInvitation } from "./to-invitation";

interface Input {
  limit: number;
  cursor?: string | undefined;
}

/** Lists unaccepted invitations, newest first, including expired ones, which can be resent. */
export async function listInvitations(actor: Actor, { limit, cursor }: Input): Promise<List<Invitation>> {
  const rows = await getDb()
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.organizationId, actor.organizationId),
        isNull(invitations.acceptedAt),
        afterCreated(invitations.createdAt, invitations.id, cursor),
      ),
    )
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(limit + 1);
  const names = await namesOf(rows.map((row) => row.invitedBy));
  return page(
    rows,
    limit,
    (row) => toInvitation(row, names.get(row.invitedBy ?? "") ?? null),
    (row) => [row.createdAt, row.id],
  );
}
