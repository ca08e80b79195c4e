import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { session } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { Me, Switch } from "@/lib/schemas/me";
import { type Actor, requirePerson } from "@/lib/services/access";
import { getMe, membershipOf, projectIdsOf } from "@/lib/services/auth";

/** Switches the session to another of the person's organizations or projects. Not audited: it affects nobody else. */
export async function switchPlace(actor: Actor, { organizationId, projectId }: Switch): Promise<Me> {
  const { userId, sessionId } = requirePerson(actor);
  const membership = await membershipOf(userId, organizationId);
  if (membership?.organizationId !== organizationId) throw notFound("organization");
  const projectIds = await projectIdsOf(organizationId);
  if (projectId !== undefined && !projectIds.includes(projectId)) throw notFound("project");
  await getDb()
    .update(session)
    .set({ activeOrganizationId: organizationId, activeProjectId: projectId ?? null })
    .where(and(eq(session.id, sessionId), eq(session.userId, userId)));
  return getMe({ ...actor, ...membership, projectIds });
}
