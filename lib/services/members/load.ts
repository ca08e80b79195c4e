import { and, eq, type SQL, sql } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { apiKeys, members, session, user } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { Member } from "@/lib/schemas/organization";

/** SQL: last use of a member's sessions that are active in this organization. */
const lastSeenAt: SQL<Date | null> = sql`(
  select max(${session.updatedAt}) from ${session}
  where ${session.userId} = ${members.userId} and ${session.activeOrganizationId} = ${members.organizationId}
)`.mapWith(session.updatedAt);

/** SQL: sorted names of the member's working API keys. */
const workingKeys = sql<string[]>`(
  select coalesce(array_agg(${apiKeys.name} order by ${apiKeys.name}), '{}') from ${apiKeys}
  where ${apiKeys.organizationId} = ${members.organizationId} and ${apiKeys.createdBy} = ${members.userId}
    and ${apiKeys.revokedAt} is null and (${apiKeys.expiresAt} is null or ${apiKeys.expiresAt} > now())
)`;

/** Selects members with their displayed columns; add conditions to it. */
export const selectMembers = (tx: Tx = getDb()) =>
  tx
    .select({
      id: members.id,
      userId: members.userId,
      name: user.name,
      email: user.email,
      role: members.role,
      createdAt: members.createdAt,
      lastSeenAt,
      apiKeys: workingKeys,
    })
    .from(members)
    .innerJoin(user, eq(user.id, members.userId))
    .$dynamic();

export type MemberRow = Awaited<ReturnType<typeof selectMembers>>[number];

/** Loads a member of the organization, or throws a 404. */
export async function loadMember(tx: Tx, organizationId: string, id: string): Promise<MemberRow> {
  const [row] = await selectMembers(tx).where(and(eq(members.id, id), eq(members.organizationId, organizationId)));
  if (!row) throw notFound("member");
  return row;
}

export const toMember = (row: MemberRow): Member => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
});
