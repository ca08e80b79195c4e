import { getAuth } from "./auth";

/** Ends the headers' session, if any, and returns the cookies that clear it. */
export async function signOut(headers: Headers): Promise<string[]> {
  const { headers: answer } = await getAuth().api.signOut({ headers, returnHeaders: true });
  return answer.getSetCookie();
}
