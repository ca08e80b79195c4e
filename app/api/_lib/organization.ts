import { conflict } from "@/lib/errors";
import type { Operation } from "@/lib/openapi/operation";
import { ORGANIZATION_HEADER, ORGANIZATION_PARAMETER } from "@/lib/organization-header";
import type { Actor } from "@/lib/services/access";

/** The request with the organization of its query moved to the header, where the operation takes it from a query. */
export function withOrganization({ content }: Operation, request: Request): Request {
  if (content === "application/json" || request.method !== "GET") return request;
  const url = new URL(request.url);
  const named = url.searchParams.get(ORGANIZATION_PARAMETER);
  if (named === null) return request;
  url.searchParams.delete(ORGANIZATION_PARAMETER);
  const headers = new Headers(request.headers);
  // An id stays as it is; other text may have characters that a header can't.
  headers.set(ORGANIZATION_HEADER, encodeURIComponent(named));
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
