import { getAuth } from "./auth";

/** Who is signed in, whether or not they belong to an organization; null when nobody is. Doesn't prolong the session. */
export async function signedIn(headers: Headers): Promise<{ userId: string; sessionId: string; email: string } | null> {
  const found = await getAuth().api.getSession({ headers, query: { disableRefresh: true } });
  return found && { userId: found.user.id, sessionId: found.session.id, email: found.user.email };
}
