import { getDb } from "@/lib/db/client";
import type { Organization, OrganizationName } from "@/lib/schemas/organization";
import type { Actor } from "@/lib/services/auth/actor";
import { requirePerson } from "@/lib/services/auth/person";
import { insertOrganization } from "./insert";
import { toOrganization } from "./to-wire";

/** Makes an organization whose owner the actor becomes. The session stays where it works. */
export async function createOrganization(actor: Actor, { name }: OrganizationName): Promise<Organization> {
  const { userId } = requirePerson(actor);
  const row = await getDb().transaction((tx) => insertOrganization(tx, { ...actor, userId }, name));
  return toOrganization(row);
}
