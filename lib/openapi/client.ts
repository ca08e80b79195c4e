import type { z } from "zod";
import type { List } from "@/lib/fields/common";
import { addressOf, type Method, type OperationId } from "./addresses";
import type * as operations from "./operations";

// An API client for browsers and command lines. It imports only the schemas' types: the schemas stay on the server.

type Operations = typeof operations;

type IsEmpty<T> = [T] extends [Record<string, never>] ? true : false;

/** The parts of a request. Empty parts are absent; a query is optional if all its fields are. */
type Params<T> = IsEmpty<T> extends true ? unknown : { params: T };
type Body<T> = IsEmpty<T> extends true ? unknown : object extends T ? { body?: T } : { body: T };
/** Null omits a field, as undefined does. */
type Query<T, Fields = { [Name in keyof T]: T[Name] | null }> =
  IsEmpty<T> extends true ? unknown : object extends T ? { query?: Fields } : { query: Fields };

export type Input<Id extends OperationId> = Params<z.input<Operations[Id]["params"]>> &
  Query<z.input<Operations[Id]["query"]>> &
  Body<z.input<NonNullable<Operations[Id]["body"]>>>;

/** An operation's response; undefined if it has no body. */
export type Answer<Id extends OperationId> = Operations[Id]["answer"] extends z.ZodType
  ? z.output<Operations[Id]["answer"]>
  : undefined;

/** Operations that return a paginated list. */
export type PagedId = {
  [Id in OperationId]: Answer<Id> extends List<unknown>
    ? "cursor" extends keyof z.input<Operations[Id]["query"]>
      ? Id
      : never
    : never;
}[OperationId];

/** An error response of the API, or no response at all (status 0). Its message may be shown to people. */
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

/** Responses to reuse if the server reports them unchanged, with their ETags, by path. */
export type Kept = Map<string, { etag: string; answer: unknown }>;

export interface Via {
  /** Where the API is: `https://penstock.example`. Pages leave out the origin, which is theirs. */
  base?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  kept?: Kept | undefined;
  /** Whether the response is text, not JSON. */
  isText?: boolean;
}

interface Parts {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** Operations that answer with text, of events or lines; all others answer with JSON. */
export const TEXT: readonly OperationId[] = ["downloadRunLogs", "getMetrics", "streamProgress"];

/** Calls an operation; throws `ApiError`. */
export async function request<Id extends OperationId>(id: Id, input: Input<Id>, via: Via = {}): Promise<Answer<Id>> {
  const { body } = input as Parts;
  const isText = TEXT.includes(id);
  return (await exchange(addressOf(id).method, pathOf(id, input), body, { ...via, isText })) as Answer<Id>;
}

/** The path of a request, including its query. */
export function pathOf<Id extends OperationId>(id: Id, input: Input<Id>): string {
  const { params = {}, query = {} } = input as Parts;
  const path = addressOf(id).path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  return search.size === 0 ? path : `${path}?${search}`;
}

/** Sends one request and parses its response, for non-operations too. An empty response (204) is undefined. */
export async function exchange(method: Method, path: string, body: unknown, via: Via): Promise<unknown> {
  const last = via.kept?.get(path);
  const response = await send(method, path, body, { ...(last && { "if-none-match": last.etag }) }, via);
  if (response.status === 304 && last) return last.answer;
  if (!response.ok) throw await errorOf(response);
  const answer = response.status === 204 ? undefined : await read(response, via.isText ?? false);
  const etag = response.headers.get("etag");
  if (etag !== null) via.kept?.set(path, { etag, answer });
  return answer;
}

async function send(
  method: Method,
  path: string,
  body: unknown,
  headers: Record<string, string>,
  { base = "", headers: given, signal }: Via,
): Promise<Response> {
  try {
    return await fetch(base + path, {
      method,
      headers: { ...(body !== undefined && { "content-type": "application/json" }), ...given, ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, "network", "The server can't be reached. Check your connection and try again.");
  }
}

async function read(response: Response, isText: boolean): Promise<unknown> {
  const text = await response.text();
  if (isText) return text;
  try {
    return JSON.parse(text);
  } catch {
    const message = "The response isn't from Penstock, but from something in between. Try again in a moment.";
    throw new ApiError(response.status, "not_json", message);
  }
}

interface ErrorBody {
  error?: { code?: string; message?: string; details?: unknown };
}

async function errorOf(response: Response): Promise<ApiError> {
  const { error }: ErrorBody = await response.json().catch(() => ({}));
  return new ApiError(
    response.status,
    error?.code ?? "unexpected",
    error?.message ?? `The server responded with ${response.status} and no reason. Try again in a moment.`,
    error?.details,
  );
}
