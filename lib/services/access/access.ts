import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { ProjectRow } from "@/lib/db/rows";
import { projects } from "@/lib/db/schema";
import { AppError, notFound } from "@/lib/errors";
import { type Permission, refusal } from "@/lib/permissions";
import type { Actor } from "./actor";

const forbidden = (message: string) => new AppError("forbidden", message, 403);

/** Throws a 403 that says who has the permission if the actor lacks it. */
export function requirePermission(actor: Actor, permission: Permission): void {
  const why = refusal(actor, permission);
  if (why !== null) throw forbidden(why);
}

/** Throws if the project is not the actor's: 403 for a key, otherwise 404. Check the object's organization first. */
export function requireProject(actor: Actor, projectId: string): void {
  if (actor.projectIds.includes(projectId)) return;
  if (actor.kind === "key") throw forbidden("This API key belongs to another project. Use a key of this project.");
  throw notFound("project");
}

/** Returns the project. Throws a 404 if another organization owns it, and a 403 if the key is another project's. */
export async function loadProject(actor: Actor, projectId: string): Promise<ProjectRow> {
  const [project] = await getDb()
    .select()
    .from(projects)
    .where(and(eq(projects.id, projectId), eq(projects.organizationId, actor.organizationId)));
  if (!project) throw notFound("project");
  requireProject(actor, project.id);
  return project;
}
