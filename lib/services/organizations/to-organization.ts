import type { OrganizationRow } from "@/lib/db/rows";
import type { Organization } from "@/lib/schemas/organization";

export const toOrganization = (row: OrganizationRow): Organization => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
});
