import { conflict } from "@/lib/errors";
import type { Operation } from "@/lib/openapi/operation";
import { ORGANIZATION_HEADER } from "@/lib/organization-header";
import type { Actor } from "@/lib/services/access";

/**
 * Refuses a request that is meant for another organization than the asker works in now: a page goes on showing the one that it was opened
 * in, while another tab of the same session may have switched. A person's own account is the same everywhere.
 */
export function requireOrganization({ permission }: Operation, { organizationId }: Actor, headers: Headers): void {
  const meant = headers.get(ORGANIZATION_HEADER);
  if (meant === null || permission === "self" || meant.toLowerCase() === organizationId) return;
  throw conflict(
    "other_organization",
    "This request is for another organization than the one that you work in now: reload the page, or switch back.",
  );
}
