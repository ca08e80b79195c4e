import { getAuth } from "@/lib/services/auth/auth";
import { cookieOf } from "./call";
import type { Person } from "./tenant";

/** Signs in without asking the web app, which lets nobody sign in as often as the tests do. */
export async function makeSession({
  email,
  password,
}: Pick<Person, "email" | "password">): Promise<{ cookie: string }> {
  const { headers } = await getAuth().api.signInEmail({ body: { email, password }, returnHeaders: true });
  return cookieOf(headers);
}
