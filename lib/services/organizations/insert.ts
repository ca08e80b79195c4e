import type { Tx } from "@/lib/db/client";
import type { OrganizationRow } from "@/lib/db/rows";
import { members, organizations } from "@/lib/db/schema";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";

type Founder = Pick<Actor, "kind" | "keyId" | "name" | "from"> & { userId: string };

/** Creates an organization with its first owner, and starts its audit log. */
export async function insertOrganization(tx: Tx, founder: Founder, name: string): Promise<OrganizationRow> {
  const [row] = await tx.insert(organizations).values({ name }).returning();
  const { id } = row!;
  await tx.insert(members).values({ organizationId: id, userId: founder.userId, role: "owner" });
  const who = { ...founder, organizationId: id };
  await recordAudit(tx, who, { action: "organization.create", object: { id, name }, after: { name } });
  return row!;
}
