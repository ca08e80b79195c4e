import { headers } from "next/headers";
import type { Role } from "@/lib/schemas/me";
import type { Actor } from "@/lib/services/access";
import { getLogger, loggable } from "@/lib/services/logger";
import { membershipOf } from "./membership";
import { userActor } from "./user-actor";
import { withAuth } from "./with-auth";

export interface Session {
  userId: string;
  email: string;
  name: string;
  organizationId: string;
  role: Role;
  /** The same user, for services. */
  actor: Actor;
}

/**
 * Returns the signed-in user for server components, or null. Next logs what a page throws, and a database error's
 * message has the session token in it, so it is replaced.
 */
export async function getSession(): Promise<Session | null> {
  const asked = await headers();
  return findSession(asked).catch((error: unknown) => {
    getLogger().error({ error: loggable(error) }, "Could not look up a session.");
    throw new Error("The session could not be looked up.");
  });
}

async function findSession(asked: Headers): Promise<Session | null> {
  // A page can't set cookies, so it must not extend the session; the next API call does.
  const found = await withAuth((api) => api.getSession({ headers: asked, query: { disableRefresh: true } }));
  if (!found) return null;
  const membership = await membershipOf(found.user.id, found.session.activeOrganizationId ?? null);
  if (!membership) return null;
  const actor = await userActor(found, membership, asked);
  return { userId: found.user.id, email: found.user.email, name: found.user.name, ...membership, actor };
}
