import { and, eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { members, organizations } from "@/lib/db/schema";
import type { Role } from "@/lib/permissions";
import { type Actor, requirePermission, requirePerson } from "@/lib/services/access";

/**
 * Holds the people of the actor's organization until the transaction ends: who changes them takes turns, so the last owner
 * can't be lost between two requests. Answers the actor's role as it is now; throws 403 where it no longer suffices.
 */
export async function lockPeople(tx: Tx, actor: Actor): Promise<Role> {
  const { userId } = requirePerson(actor);
  const { organizationId } = actor;
  // Not "for update": that would hold up everything that refers to the organization.
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
