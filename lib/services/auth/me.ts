import { and, asc, eq, inArray } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { members, organizations, projects, session, user } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import type { Me } from "@/lib/schemas/me";
import { type Actor, requirePerson } from "@/lib/services/access";
import { listProjects, toProject } from "@/lib/services/projects";

/** Returns the user, organization, role, and projects. Throws a 403 for an API key. */
export async function getMe(actor: Actor): Promise<Me> {
  const { userId, sessionId } = requirePerson(actor);
  const [row] = await getDb()
    .select({ user: { id: user.id, name: user.name, email: user.email }, wanted: session.activeProjectId })
    .from(user)
    .innerJoin(session, and(eq(session.userId, user.id), eq(session.id, sessionId)))
    .where(eq(user.id, userId));
  if (!row) throw new AppError("unauthenticated", "This user no longer exists. Sign in again.", 401);
  const mine = await organizationsOf(userId);
  const { id, name } = mine.find((organization) => organization.id === actor.organizationId)!;
  const { items } = await listProjects(actor);
  return {
    user: row.user,
    operator: actor.operator,
    organization: { id, name },
    role: actor.role,
    projectId: (items.find((project) => project.id === row.wanted) ?? items[0])?.id ?? null,
    projects: items,
    organizations: mine,
  };
}

/** The organizations of a user, each with its projects. */
async function organizationsOf(userId: string): Promise<Me["organizations"]> {
  const mine = await getDb()
    .select({ id: organizations.id, name: organizations.name, role: members.role })
    .from(members)
    .innerJoin(organizations, eq(organizations.id, members.organizationId))
    .where(eq(members.userId, userId))
    .orderBy(asc(organizations.name), asc(organizations.id));
  const theirs = await getDb()
    .select()
    .from(projects)
    .where(
      inArray(
        projects.organizationId,
        mine.map(({ id }) => id),
      ),
    )
    .orderBy(asc(projects.name), asc(projects.id));
  return mine.map((organization) => ({
    ...organization,
    projects: theirs.filter(({ organizationId }) => organizationId === organization.id).map(toProject),
  }));
}
