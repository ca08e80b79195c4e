import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { organizations } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { Organization } from "@/lib/schemas/organization";
import type { Actor } from "@/lib/services/access";
import { toOrganization } from "./to-organization";

/** Returns the actor's current organization. */
export async function getOrganization(actor: Actor): Promise<Organization> {
  const [row] = await getDb().select().from(organizations).where(eq(organizations.id, actor.organizationId));
  if (!row) throw notFound("organization");
  return toOrganization(row);
}
