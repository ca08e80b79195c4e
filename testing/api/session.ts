import { getAuth } from "@/lib/services/auth/auth";
import { cookieOf } from "./call";
import type { Person } from "./tenant";

/** Signs in without the web app, whose rate limit is too low for tests. */
export async function makeSession({
  email,
  password,
}: Pick<Person, "email" | "password">): Promise<{ cookie: string }> {
  const { headers } = await getAuth().api.signInEmail({ body: { email, password }, returnHeaders: true });
  return cookieOf(headers);
}
