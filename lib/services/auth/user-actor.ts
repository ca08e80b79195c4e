import { type Actor, originOf } from "@/lib/services/access";
import { type membershipOf, projectIdsOf } from "./membership";

interface SignedIn {
  user: { id: string; email: string; operator?: unknown };
  session: { id: string };
}

/** A signed-in user as the caller of services, in the organization of the membership. */
export async function userActor(
  { user, session }: SignedIn,
  membership: NonNullable<Awaited<ReturnType<typeof membershipOf>>>,
  headers: Headers,
): Promise<Actor> {
  return {
    kind: "user",
    userId: user.id,
    keyId: null,
    sessionId: session.id,
    name: user.email,
    ...membership,
    operator: user.operator === true,
    projectIds: await projectIdsOf(membership.organizationId),
    scopes: ["read", "write"],
    from: originOf(headers),
  };
}
