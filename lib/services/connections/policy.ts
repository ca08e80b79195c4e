import { makePolicy } from "@/lib/destinations/s3/policy";
import type { Policy, PolicyRequest } from "@/lib/destinations/s3/policy-schema";
import { principal } from "@/lib/destinations/s3/principal";
import type { Actor } from "@/lib/services/access";
import { externalIdOf } from "./external-id";

/** Policy documents to paste, for a bucket and an authentication method. */
export async function generatePolicy(actor: Actor, input: PolicyRequest): Promise<Policy> {
  const externalId = await externalIdOf(actor.organizationId);
  return makePolicy(input, { principal: principal()?.arn ?? null, externalId });
}
