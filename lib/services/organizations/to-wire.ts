import type { organizations } from "@/lib/db/schema";
import type { Organization } from "@/lib/schemas/organization";

export type OrganizationRow = typeof organizations.$inferSelect;

/** An organization as the API answers it. */
export const toOrganization = (row: OrganizationRow): Organization => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
});
