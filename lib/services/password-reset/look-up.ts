import type { OpenPasswordReset } from "@/lib/schemas/me";
import { loadLink } from "./links";

/** Tells anyone who has a reset link whose password it sets. */
export async function lookUpPasswordReset(input: { token: string }): Promise<OpenPasswordReset> {
  const { email } = await loadLink(input.token);
  return { email };
}
