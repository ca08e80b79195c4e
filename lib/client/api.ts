import { BASE_PATH } from "@/lib/base-path";
import type { OperationId } from "@/lib/openapi/addresses";
import { type Answer, exchange, type Input, type Kept, pathOf, request } from "@/lib/openapi/client";
import { ORGANIZATION_HEADER, ORGANIZATION_PARAMETER } from "@/lib/organization-header";

export { ApiError } from "@/lib/openapi/client";

/** The organization that this page works in; null until known. Only set in the browser: a server serves many pages. */
let organization: string | null = null;

/** Sets the organization for all further requests. */
export function workIn(organizationId: string): void {
  if (typeof window !== "undefined") organization = organizationId;
}

/** The path of a request that a link or an event stream sends, with the organization that this page works in. */
export function inOrganization(path: string): string {
  if (organization === null) return path;
  return `${path}${path.includes("?") ? "&" : "?"}${ORGANIZATION_PARAMETER}=${organization}`;
}

const headers = (): Record<string, string> => (organization === null ? {} : { [ORGANIZATION_HEADER]: organization });

const kept: Kept = new Map();

interface Options {
  signal?: AbortSignal;
  /** Revalidate by ETag, because the response likely equals the last one. */
  keep?: boolean;
}

/** Calls an API operation as the signed-in person; throws `ApiError`. */
export const ask = <Id extends OperationId>(
  id: Id,
  input: Input<Id>,
  { signal, keep = false }: Options = {},
): Promise<Answer<Id>> =>
  request(id, input, { base: BASE_PATH, headers: headers(), signal, kept: keep ? kept : undefined });

/** Opens an operation's stream of events as the signed-in person. Throws if what answers is none. */
export async function openEvents<Id extends OperationId>(
  id: Id,
  input: Input<Id>,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const response = await fetch(BASE_PATH + pathOf(id, input), { headers: headers(), signal });
  if (!response.headers.get("content-type")?.startsWith("text/event-stream") || !response.body)
    throw new Error(`There is no stream: ${response.status}.`);
  return response.body;
}

/** Calls better-auth, whose routes are not API operations; throws `ApiError`. */
export const askAuth = (method: "GET" | "POST", path: string, body?: unknown): Promise<unknown> =>
  exchange(method, `/api/auth/${path}`, body, { base: BASE_PATH, headers: headers() });
