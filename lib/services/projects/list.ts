import { and, asc, eq, inArray } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { projects } from "@/lib/db/schema";
import type { List } from "@/lib/fields/common";
import type { Project } from "@/lib/schemas/project";
import type { Actor } from "@/lib/services/access";
import { toProject } from "./to-project";

/** Lists the actor's projects, oldest first, on one page: they are few. */
export async function listProjects(actor: Actor): Promise<List<Project>> {
  const rows = await getDb()
    .select()
    .from(projects)
    .where(and(eq(projects.organizationId, actor.organizationId), inArray(projects.id, actor.projectIds)))
    .orderBy(asc(projects.createdAt), asc(projects.id));
  return { items: rows.map(toProject), nextCursor: null };
}
