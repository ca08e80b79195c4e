import { conflict, invalidField } from "@/lib/errors";
import { idSchema } from "@/lib/fields/common";
import type { Operation } from "@/lib/openapi/operation";
import { ORGANIZATION_HEADER, ORGANIZATION_PARAMETER } from "@/lib/organization-header";
import type { Actor } from "@/lib/services/access";

/**
 * The request with the organization of its query moved to the header, where the operation takes it from a query. Throws
 * a 422 if it isn't an ID.
 */
export function withOrganization({ content }: Operation, request: Request): Request {
  if (content === "application/json" || request.method !== "GET") return request;
  const url = new URL(request.url);
  const named = url.searchParams.get(ORGANIZATION_PARAMETER);
  if (named === null) return request;
  const checked = idSchema.safeParse(named);
  if (!checked.success) throw invalidField(ORGANIZATION_PARAMETER, "Must be an ID that the API returned.");
  url.searchParams.delete(ORGANIZATION_PARAMETER);
  const headers = new Headers(request.headers);
  headers.set(ORGANIZATION_HEADER, checked.data);
  return new Request(url, { headers, signal: request.signal });
}

/**
 * Refuses a request meant for an organization that isn't the caller's: a key belongs to one, and a person may have left
 * it since the page opened. A person's own account is the same everywhere.
 */
export function requireOrganization({ permission }: Operation, { organizationId }: Actor, headers: Headers): void {
  const meant = headers.get(ORGANIZATION_HEADER);
  if (meant === null || permission === "self" || meant.toLowerCase() === organizationId) return;
  throw conflict(
    "other_organization",
    "This request is for an organization that you aren't a member of, or that this API key doesn't belong to.",
  );
}
