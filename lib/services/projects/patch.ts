import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { projects } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { Project } from "@/lib/schemas/project";
import { type Actor, requireProject } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { toProject } from "./to-project";

/** Renames a project. */
export async function patchProject(actor: Actor, input: { projectId: string; name: string }): Promise<Project> {
  const { projectId, name } = input;
  const its = and(eq(projects.id, projectId), eq(projects.organizationId, actor.organizationId));
  return getDb().transaction(async (tx) => {
    const [old] = await tx.select().from(projects).where(its).for("no key update");
    if (!old) throw notFound("project");
    requireProject(actor, old.id);
    if (old.name === name) return toProject(old);
    await tx.update(projects).set({ name }).where(its);
    await recordAudit(tx, actor, {
      action: "project.update",
      object: { id: old.id, name },
      projectId: old.id,
      before: { name: old.name },
      after: { name },
    });
    return toProject({ ...old, name });
  });
}
