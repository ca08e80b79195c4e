import type { OpenPasswordReset } from "@/lib/schemas/me";
import { loadLink } from "./links";

/** Returns whose password a reset link sets, to anyone who has the link. */
export async function lookUpPasswordReset(input: { token: string }): Promise<OpenPasswordReset> {
  const { email } = await loadLink(input.token);
  return { email };
}
