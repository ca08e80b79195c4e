import { asc, desc, eq, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { projects } from "@/lib/db/schema";

/** Returns the organization's project to open: the last one of the session, otherwise the oldest. Null if there is none. */
export async function lastProjectOf(organizationId: string, lastProjectId: string | null): Promise<string | null> {
  const [project] = await getDb()
    .select({ id: projects.id })
    .from(projects)
    .where(eq(projects.organizationId, organizationId))
    .orderBy(
      desc(sql`${projects.id} is not distinct from ${lastProjectId}::uuid`),
      asc(projects.createdAt),
      asc(projects.id),
    )
    .limit(1);
  return project?.id ?? null;
}
