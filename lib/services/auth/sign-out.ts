import { getAuth } from "./auth";

/** Ends the session that the headers belong to, if there is one, and returns the cookies that take it away. */
export async function signOut(headers: Headers): Promise<string[]> {
  const { headers: answer } = await getAuth().api.signOut({ headers, returnHeaders: true });
  return answer.getSetCookie();
}
