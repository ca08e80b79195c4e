import { getDb } from "@/lib/db/client";
import { projects } from "@/lib/db/schema";
import { conflict } from "@/lib/errors";
import type { CreateProject } from "@/lib/schemas/organization";
import type { Project } from "@/lib/schemas/project";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { isUniqueViolation } from "@/lib/services/db-errors";
import { toProject } from "./to-project";

/** Creates a project for one of the source's projects. Throws a 409 if that one is taken. */
export async function createProject(actor: Actor, { name, sourceProjectId }: CreateProject): Promise<Project> {
  const { organizationId } = actor;
  try {
    return await getDb().transaction(async (tx) => {
      const [row] = await tx.insert(projects).values({ organizationId, name, sourceProjectId }).returning();
      const { id } = row!;
      const after = { name, sourceProjectId };
      await recordAudit(tx, actor, { action: "project.create", object: { id, name }, projectId: id, after });
      return toProject(row!);
    });
  } catch (error) {
    if (isUniqueViolation(error, "projects_source")) throw taken(sourceProjectId);
    throw error;
  }
}

const taken = (sourceProjectId: number) =>
  conflict(
    "source_project_taken",
    `The source's project ${sourceProjectId} already belongs to a project, here or in another organization.`,
    [{ path: "sourceProjectId", message: "Already belongs to a project." }],
  );
