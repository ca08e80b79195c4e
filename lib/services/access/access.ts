import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { ProjectRow } from "@/lib/db/rows";
import { projects } from "@/lib/db/schema";
import { AppError, notFound } from "@/lib/errors";
import { type Permission, refusal } from "@/lib/permissions";
import type { Actor } from "./actor";

const forbidden = (message: string) => new AppError("forbidden", message, 403);

/** Refuses, with a sentence that says who may, what the table of permissions doesn't give the actor. */
export function requirePermission(actor: Actor, permission: Permission): void {
  const why = refusal(actor, permission);
  if (why !== null) throw forbidden(why);
}

/** Refuses an object of another project than the actor's; the object must already be known to be of the organization. */
export function requireProject(actor: Actor, projectId: string): void {
  if (actor.projectIds.includes(projectId)) return;
  if (actor.kind === "key") throw forbidden("This API key belongs to another project: use that project's key.");
  throw notFound("project");
}

/** The project, if the actor may see it. 404 for other organizations' projects, 403 for a key of another project. */
export async function loadProject(actor: Actor, projectId: string): Promise<ProjectRow> {
  const [project] = await getDb()
    .select()
    .from(projects)
    .where(and(eq(projects.id, projectId), eq(projects.organizationId, actor.organizationId)));
  if (!project) throw notFound("project");
  requireProject(actor, project.id);
  return project;
}
