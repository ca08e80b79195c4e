import { getDb } from "@/lib/db/client";
import type { Organization, OrganizationName } from "@/lib/schemas/organization";
import { type Actor, requirePerson } from "@/lib/services/access";
import { insertOrganization } from "./insert";
import { toOrganization } from "./to-organization";

/** Creates an organization owned by the actor. Does not switch the session to it. */
export async function createOrganization(actor: Actor, { name }: OrganizationName): Promise<Organization> {
  const { userId } = requirePerson(actor);
  const row = await getDb().transaction((tx) => insertOrganization(tx, { ...actor, userId }, name));
  return toOrganization(row);
}
