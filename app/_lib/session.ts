import { cache } from "react";
import type { Me } from "@/lib/schemas/me";
import { getMe, getSession } from "@/lib/services/auth";

// Looked up once for a page and its frame.

/** The signed-in user. */
export const pageSession = cache(getSession);

/** Who is signed in, as the API answers it. Null for others, and if that fails: the page then asks, and shows why. */
export const pageMe = cache(async (): Promise<Me | null> => {
  const session = await pageSession();
  return session && getMe(session.actor).catch(() => null);
});
