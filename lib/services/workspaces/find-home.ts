import { and, eq, isNull } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { connections, exports, members, projects } from "@/lib/db/schema";
import { idSchema } from "@/lib/fields/common";
import type { WorkspaceIds } from "@/lib/workspace-path";

const TABLES = { exports, connections };

/**
 * Returns where an export or a connection of one of the user's organizations is. Null if there is none, or `kind` is
 * something else.
 */
export async function findHome(userId: string, kind: string, id: string): Promise<WorkspaceIds | null> {
  if (!Object.hasOwn(TABLES, kind) || !idSchema.safeParse(id).success) return null;
  const table = TABLES[kind as keyof typeof TABLES];
  const [home] = await getDb()
    .select({ organizationId: projects.organizationId, projectId: projects.id })
    .from(table)
    .innerJoin(projects, eq(projects.id, table.projectId))
    .innerJoin(members, and(eq(members.organizationId, projects.organizationId), eq(members.userId, userId)))
    .where(and(eq(table.id, id), isNull(table.deletedAt)));
  return home ?? null;
}
