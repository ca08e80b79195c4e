import type { Operation } from "@/lib/openapi/operation";
import type { Actor, Origin } from "@/lib/services/auth/actor";
import { type Authenticated, authenticate } from "@/lib/services/auth/authenticate";
import { originOf } from "@/lib/services/auth/origin";
import { LIMITED_OPERATIONS } from "@/lib/services/rate-limits/limits";
import { countRequest, nameOf } from "@/lib/services/rate-limits/requests";
import { spend } from "@/lib/services/rate-limits/spend";

/** Finds out who asks and counts the request for them; whoever turns out to be nobody is counted by address. */
export async function whoAsks(headers: Headers): Promise<Authenticated> {
  const found = await authenticate(headers).catch(async (error: unknown) => {
    await countRequest(originOf(headers));
    throw error;
  });
  await countRequest(found.actor);
  return found;
}

/**
 * Counts a request for an operation that has a limit of its own: for the whole organization of who asks, because it may have any number of
 * keys, else for the address.
 */
export async function countOperation({ id }: Operation, whom: Actor | Origin): Promise<void> {
  const limit = LIMITED_OPERATIONS[id];
  if (limit) await spend(limit, "kind" in whom ? `organization ${whom.organizationId}` : nameOf(whom));
}
