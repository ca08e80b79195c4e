import type { Operation } from "@/lib/openapi/operation";
import { type Actor, type Origin, originOf } from "@/lib/services/access";
import { type Authenticated, authenticate } from "@/lib/services/auth";
import { countRequest, LIMITED_OPERATIONS, nameOf, spend } from "@/lib/services/rate-limits";

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
