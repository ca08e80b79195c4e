import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { organizations } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";

/** The AWS external ID that an organization's roles require. */
export async function externalIdOf(organizationId: string): Promise<string> {
  const [row] = await getDb()
    .select({ externalId: organizations.externalId })
    .from(organizations)
    .where(eq(organizations.id, organizationId));
  if (!row) throw notFound("organization");
  return row.externalId;
}
