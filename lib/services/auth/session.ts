import { headers } from "next/headers";
import type { Role } from "@/lib/schemas/me";
import { getAuth } from "./auth";
import { membershipOf } from "./membership";

export interface Session {
  userId: string;
  email: string;
  name: string;
  organizationId: string;
  role: Role;
}

/** Who is signed in, for server components; null when nobody is. */
export async function getSession(): Promise<Session | null> {
  // A page can't set cookies, so it must not prolong the session either: the next API call does.
  const found = await getAuth().api.getSession({ headers: await headers(), query: { disableRefresh: true } });
  if (!found) return null;
  const membership = await membershipOf(found.user.id, found.session.activeOrganizationId ?? null);
  if (!membership) return null;
  return { userId: found.user.id, email: found.user.email, name: found.user.name, ...membership };
}
