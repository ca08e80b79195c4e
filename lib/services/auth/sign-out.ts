import { withAuth } from "./with-auth";

/** Ends the headers' session, if any, and returns the cookies that clear it. */
export async function signOut(headers: Headers): Promise<string[]> {
  const { headers: answer } = await withAuth((api) => api.signOut({ headers, returnHeaders: true }));
  return answer.getSetCookie();
}
