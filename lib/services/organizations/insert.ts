import type { Tx } from "@/lib/db/client";
import type { OrganizationRow } from "@/lib/db/rows";
import { members, organizations } from "@/lib/db/schema";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";

type Founder = Pick<Actor, "kind" | "keyId" | "name" | "from"> & { userId: string };

/** Makes an organization with its first owner. Its audit log begins with it. */
export async function insertOrganization(tx: Tx, founder: Founder, name: string): Promise<OrganizationRow> {
  const [row] = await tx.insert(organizations).values({ name }).returning();
  const { id } = row!;
  await tx.insert(members).values({ organizationId: id, userId: founder.userId, role: "owner" });
  const who = { ...founder, organizationId: id };
  await recordAudit(tx, who, { action: "organization.create", object: { id, name }, after: { name } });
  return row!;
}
