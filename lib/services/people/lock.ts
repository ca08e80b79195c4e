import { and, eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { members, organizations } from "@/lib/db/schema";
import type { Role } from "@/lib/permissions";
import { type Actor, requirePermission, requirePerson } from "@/lib/services/access";

/**
 * Locks the people of the actor's organization until the transaction ends: changes are serialized, so concurrent
 * requests can't remove the last owner. Returns the actor's current role; throws a 403 if it no longer suffices.
 */
export async function lockPeople(tx: Tx, actor: Actor): Promise<Role> {
  const { userId } = requirePerson(actor);
  const { organizationId } = actor;
  // Not "for update", which would block inserts of rows that reference the organization.
  await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.id, organizationId))
    .for("no key update");
  const [member] = await tx
    .select({ role: members.role })
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)));
  const role = member?.role ?? "viewer";
  requirePermission({ ...actor, role }, "people.manage");
  return role;
}
