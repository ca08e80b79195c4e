import { asc, desc, eq, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { members, projects } from "@/lib/db/schema";
import { idSchema } from "@/lib/fields/common";

/**
 * The organization that a user works in, and their role there: the wanted one, otherwise the first they joined. Null if
 * there is none. The wanted one may be any text.
 */
export async function membershipOf(userId: string, wantedOrganizationId: string | null) {
  const wanted = idSchema.safeParse(wantedOrganizationId).data ?? null;
  const [membership] = await getDb()
    .select({ organizationId: members.organizationId, role: members.role })
    .from(members)
    .where(eq(members.userId, userId))
    .orderBy(
      desc(sql`${members.organizationId} is not distinct from ${wanted}::uuid`),
      asc(members.createdAt),
      asc(members.id),
    )
    .limit(1);
  return membership ?? null;
}

export async function projectIdsOf(organizationId: string): Promise<string[]> {
  const rows = await getDb()
    .select({ id: projects.id })
    .from(projects)
    .where(eq(projects.organizationId, organizationId));
  return rows.map(({ id }) => id);
}
