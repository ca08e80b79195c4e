import { AppError } from "@/lib/errors";
import { ORGANIZATION_HEADER } from "@/lib/organization-header";
import { type Actor, type Origin, originOf } from "@/lib/services/access";
import { authenticateKey } from "@/lib/services/api-keys";
import { membershipOf } from "./membership";
import { userActor } from "./user-actor";
import { withAuth } from "./with-auth";

const unauthenticated = (message: string) => new AppError("unauthenticated", message, 401);

export interface Authenticated {
  actor: Actor;
  /** Cookies for the response: using a session extends it. */
  setCookies: string[];
}

/**
 * Identifies a request's sender by API key or session cookie. Throws a 401 that says what is missing. `extend: false`
 * asks again during a response, which can't set cookies anymore.
 */
export async function authenticate(headers: Headers, { extend = true } = {}): Promise<Authenticated> {
  const authorization = headers.get("authorization");
  if (authorization !== null) return { actor: await byKey(authorization, originOf(headers)), setCookies: [] };
  return bySession(headers, extend);
}

async function byKey(authorization: string, from: Origin): Promise<Actor> {
  const [, key] = /^Bearer +(\S+)$/i.exec(authorization.trim()) ?? [];
  if (!key) throw unauthenticated("The Authorization header must be: Bearer <API key>.");
  const actor = await authenticateKey(key, from);
  if (!actor)
    throw unauthenticated(
      "This API key doesn't exist, has expired, was revoked, or its creator has left the organization.",
    );
  return actor;
}

async function bySession(headers: Headers, extend: boolean): Promise<Authenticated> {
  const query = { disableRefresh: !extend };
  const result = await withAuth((api) => api.getSession({ headers, query, returnHeaders: true }));
  const found = result.response;
  if (!found) throw unauthenticated("Sign in, or send an API key: Authorization: Bearer <API key>.");
  const { user, session } = found;
  // Each tab works in the organization of its URL, whichever the session opened last.
  const wanted = headers.get(ORGANIZATION_HEADER) ?? session.activeOrganizationId ?? null;
  const membership = await membershipOf(user.id, wanted);
  if (!membership) throw unauthenticated("This user no longer belongs to an organization.");
  return { actor: await userActor(found, membership, headers), setCookies: result.headers.getSetCookie() };
}
