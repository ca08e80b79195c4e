import { and, eq, type SQL, sql } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { apiKeys, members, session, user } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { Member } from "@/lib/schemas/organization";

/** The newest use of a session of the member's that works in this organization. */
const lastSeenAt: SQL<Date | null> = sql`(
  select max(${session.updatedAt}) from ${session}
  where ${session.userId} = ${members.userId} and ${session.activeOrganizationId} = ${members.organizationId}
)`.mapWith(session.updatedAt);

/** The names of the keys that the member made and that still work, in their order. */
const workingKeys = sql<string[]>`(
  select coalesce(array_agg(${apiKeys.name} order by ${apiKeys.name}), '{}') from ${apiKeys}
  where ${apiKeys.organizationId} = ${members.organizationId} and ${apiKeys.createdBy} = ${members.userId}
    and ${apiKeys.revokedAt} is null and (${apiKeys.expiresAt} is null or ${apiKeys.expiresAt} > now())
)`;

/** Members with what people see of them, for further conditions. */
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

/** A member of the organization. Throws 404 for any other. */
export async function loadMember(tx: Tx, organizationId: string, id: string): Promise<MemberRow> {
  const [row] = await selectMembers(tx).where(and(eq(members.id, id), eq(members.organizationId, organizationId)));
  if (!row) throw notFound("member");
  return row;
}

/** A member as the API answers it. */
export const toMember = (row: MemberRow): Member => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
});
