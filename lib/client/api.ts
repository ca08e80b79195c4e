import { ORGANIZATION_HEADER } from "@/lib/organization-header";

/** An answer of the API that is an error, or no answer at all (status 0). Its message is fit for people. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details?: unknown,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** The organization that this page works in; null before it is known. Only the browser has one: a server has many pages. */
let organization: string | null = null;

/** Says which organization all further requests are meant for. */
export function workIn(organizationId: string): void {
  if (typeof window !== "undefined") organization = organizationId;
}

/** The organization that this page works in; null where there is none yet. */
export const workingIn = (): string | null => organization;

interface RequestOptions {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  body?: unknown;
  signal?: AbortSignal;
  /** Whether the answer is likely to be the same as the last one: then it isn't sent again. */
  keep?: boolean;
}

/** The answers that were kept, each with its ETag, by path. */
const kept = new Map<string, { etag: string; answer: unknown }>();

interface ErrorBody {
  error?: { code?: string; message?: string; details?: unknown };
}

/** Calls `/api` + path as the signed-in person; throws `ApiError`. An empty answer (204) is undefined. */
export async function api<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const last = options.keep ? kept.get(path) : undefined;
  const response = await send(path, options, last?.etag);
  if (response.status === 304 && last) return last.answer as T;
  if (response.ok) return (await read(path, response, options.keep)) as T;
  const answer = (await response.json().catch(() => ({}))) as ErrorBody;
  throw new ApiError(
    response.status,
    answer.error?.code ?? "unexpected",
    answer.error?.message ?? `The server answered ${response.status} without saying why. Try again in a moment.`,
    answer.error?.details,
  );
}

async function read(path: string, response: Response, keep = false): Promise<unknown> {
  const answer = response.status === 204 ? undefined : await response.json();
  const etag = response.headers.get("etag");
  if (keep && etag !== null) kept.set(path, { etag, answer });
  return answer;
}

async function send(path: string, { method = "GET", body, signal }: RequestOptions, etag: string | undefined) {
  try {
    return await fetch(`/api${path}`, {
      method,
      headers: {
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(organization !== null && { [ORGANIZATION_HEADER]: organization }),
        ...(etag !== undefined && { "if-none-match": etag }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, "network", "The server can't be reached. Check your connection and try again.");
  }
}

/** `?a=1&b=2` of the values that are there. */
export function query(values: Record<string, string | number | null | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== null && value !== undefined && value !== "") params.set(name, String(value));
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}
