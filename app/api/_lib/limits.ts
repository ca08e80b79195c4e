import type { Operation } from "@/lib/openapi/operation";
import { type Actor, type Origin, originOf } from "@/lib/services/access";
import { type Authenticated, authenticate } from "@/lib/services/auth";
import { countRequest, LIMITED_OPERATIONS, nameOf, spend } from "@/lib/services/rate-limits";

/** Authenticates the caller and counts the request against them; failed authentication counts against the address. */
export async function whoAsks(headers: Headers): Promise<Authenticated> {
  const found = await authenticate(headers).catch(async (error: unknown) => {
    await countRequest(originOf(headers));
    throw error;
  });
  await countRequest(found.actor);
  return found;
}

/**
 * Counts a request to an operation with its own limit: against the caller's organization, because it may have any
 * number of keys, otherwise against the address.
 */
export async function countOperation({ id }: Operation, whom: Actor | Origin): Promise<void> {
  const limit = LIMITED_OPERATIONS[id];
  if (limit) await spend(limit, "kind" in whom ? `organization ${whom.organizationId}` : nameOf(whom));
}
