import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { projects } from "@/lib/db/schema";
import { AppError, notFound } from "@/lib/errors";
import type { Actor, Scope } from "./actor";

const forbidden = (message: string) => new AppError("forbidden", message, 403);

/** Refuses an API key without the scope, and a viewer who wants to write. */
export function requireScope(actor: Actor, scope: Scope): void {
  if (!actor.scopes.includes(scope))
    throw forbidden(`This API key lacks the scope "${scope}": make one that has it, or sign in.`);
  if (scope === "write" && actor.role === "viewer")
    throw forbidden("Viewers can't change anything: ask an admin of the organization for another role.");
}

/** Refuses an object of another project than the actor's; the object must already be known to be of the organization. */
export function requireProject(actor: Actor, projectId: string): void {
  if (actor.projectIds.includes(projectId)) return;
  if (actor.kind === "key") throw forbidden("This API key belongs to another project: use that project's key.");
  throw notFound("project");
}

/** The project, if the actor may see it. 404 for other organizations' projects, 403 for a key of another project. */
export async function loadProject(actor: Actor, projectId: string): Promise<typeof projects.$inferSelect> {
  const [project] = await getDb()
    .select()
    .from(projects)
    .where(and(eq(projects.id, projectId), eq(projects.organizationId, actor.organizationId)));
  if (!project) throw notFound("project");
  requireProject(actor, project.id);
  return project;
}
