import { getDb } from "@/lib/db/client";
import type { OpenInvitation } from "@/lib/schemas/organization";
import { loadByToken, loginOf } from "./load";

/** Describes an invitation to anyone who has its link. */
export async function lookUpInvitation(input: { token: string }): Promise<OpenInvitation> {
  const { invitation, organization } = await loadByToken(input.token);
  const { email, role } = invitation;
  return { organization, email, role, hasLogin: (await loginOf(getDb(), email)) !== null };
}
