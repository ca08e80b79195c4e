import { conflict } from "@/lib/errors";
import type { Operation } from "@/lib/openapi/operation";
import { ORGANIZATION_HEADER } from "@/lib/organization-header";
import type { Actor } from "@/lib/services/access";

/**
 * Refuses a request meant for an organization other than the caller's current one: another tab of the same session may
 * have switched since the page opened. A person's own account is the same everywhere.
 */
export function requireOrganization({ permission }: Operation, { organizationId }: Actor, headers: Headers): void {
  const meant = headers.get(ORGANIZATION_HEADER);
  if (meant === null || permission === "self" || meant.toLowerCase() === organizationId) return;
  throw conflict(
    "other_organization",
    "This request is for a different organization than your current one. Reload the page, or switch back.",
  );
}
