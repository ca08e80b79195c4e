import { withAuth } from "./with-auth";

/** The signed-in user, with or without an organization; null if nobody is signed in. Does not extend the session. */
export async function signedIn(headers: Headers): Promise<{ userId: string; sessionId: string; email: string } | null> {
  const found = await withAuth((api) => api.getSession({ headers, query: { disableRefresh: true } }));
  return found && { userId: found.user.id, sessionId: found.session.id, email: found.user.email };
}
