import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { organizations } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { Organization, OrganizationName } from "@/lib/schemas/organization";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { toOrganization } from "./to-organization";

/** Renames the actor's current organization. */
export async function patchOrganization(actor: Actor, { name }: OrganizationName): Promise<Organization> {
  const its = eq(organizations.id, actor.organizationId);
  return getDb().transaction(async (tx) => {
    const [old] = await tx.select().from(organizations).where(its).for("no key update");
    if (!old) throw notFound("organization");
    if (old.name === name) return toOrganization(old);
    await tx.update(organizations).set({ name }).where(its);
    await recordAudit(tx, actor, {
      action: "organization.update",
      object: { id: old.id, name },
      before: { name: old.name },
      after: { name },
    });
    return toOrganization({ ...old, name });
  });
}
