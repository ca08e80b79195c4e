import { cache } from "react";
import type { Me } from "@/lib/schemas/me";
import { getMe, getSession } from "@/lib/services/auth";

/** `getSession`, once per request and wanted organization. */
export const currentSession = cache(getSession);

/**
 * Who is signed in, as the API answers it to pages of this organization. Null for others, and if that fails: the page
 * then asks, and shows why.
 */
export const currentMe = cache(async (organizationId: string): Promise<Me | null> => {
  const session = await currentSession(organizationId);
  if (session?.organizationId !== organizationId) return null;
  return getMe(session.actor).catch(() => null);
});
