import { headers } from "next/headers";
import type { Role } from "@/lib/schemas/me";
import type { Actor } from "@/lib/services/access";
import { getLogger, loggable } from "@/lib/services/logger";
import { EXTENDED_EVERY_SECONDS } from "./auth";
import { membershipOf } from "./membership";
import { userActor } from "./user-actor";
import { withAuth } from "./with-auth";

export interface Session {
  userId: string;
  email: string;
  name: string;
  /** The wanted organization if the user is a member, otherwise the last one. */
  organizationId: string;
  role: Role;
  /** The same user, for services. */
  actor: Actor;
  /** Whether the next API call extends the session. */
  isDue: boolean;
  /** The organization and project that the session opened last. */
  last: { organizationId: string | null; projectId: string | null };
}

/**
 * Returns the signed-in user for server components, or null. Next logs what a page throws, and a database error's
 * message has the session token in it, so it is replaced.
 */
export async function getSession(wantedOrganizationId?: string): Promise<Session | null> {
  const asked = await headers();
  return findSession(asked, wantedOrganizationId).catch((error: unknown) => {
    getLogger().error({ error: loggable(error) }, "Looking up a session failed.");
    throw new Error("The session couldn't be looked up. Try again.");
  });
}

async function findSession(asked: Headers, wanted: string | undefined): Promise<Session | null> {
  // A page can't set cookies, so it must not extend the session; the next API call does.
  const found = await withAuth((api) => api.getSession({ headers: asked, query: { disableRefresh: true } }));
  if (!found) return null;
  const { activeOrganizationId: organizationId = null, activeProjectId: projectId = null } = found.session;
  const membership = await membershipOf(found.user.id, wanted ?? organizationId);
  if (!membership) return null;
  const { id: userId, email, name } = found.user;
  const actor = await userActor(found, membership, asked);
  const isDue = Date.now() - found.session.updatedAt.getTime() > EXTENDED_EVERY_SECONDS * 1000;
  return { userId, email, name, ...membership, actor, isDue, last: { organizationId, projectId } };
}
