import type { OrganizationRow } from "@/lib/db/rows";
import type { Organization } from "@/lib/schemas/organization";

/** An organization as the API answers it. */
export const toOrganization = (row: OrganizationRow): Organization => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
});
