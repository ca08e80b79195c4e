import type { z } from "zod";
import type { Operation } from "@/lib/openapi/operation";
import { type Actor, originOf, requirePermission } from "@/lib/services/access";
import { authenticate } from "@/lib/services/auth";
import { requireNotHeld } from "@/lib/services/installation";
import { getLogger } from "@/lib/services/logger";
import { countRequest } from "@/lib/services/rate-limits";
import { readJson, readOptionalJson } from "./body";
import { errorResponse, NO_STORE } from "./errors";
import { jsonResponse } from "./json-response";
import { countOperation, whoAsks } from "./limits";
import { requireOrganization, withOrganization } from "./organization";
import { requireSameOrigin } from "./origin";
import { validate } from "./validation";

interface Parsed<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
  headers: Headers;
  /** Aborts when the client closes the connection. */
  signal: AbortSignal;
}

type Answer<A extends z.ZodType | null> = A extends z.ZodType ? z.output<A> : undefined;

interface Context {
  params: Promise<unknown>;
}

/** A route handler that carries its operation, so that a test can check both against the document. */
export type RouteHandler = ((request: Request, context: Context) => Promise<Response>) & { operation: Operation };

interface RouteOptions {
  /** An origin beside the app's own whose pages may call the operation with a person's cookie. */
  otherOrigin?: () => string | undefined;
}

/** A route handler that pages on the server can ask too, for the person whose document it is. */
export type AnsweringRoute = RouteHandler & {
  /** The answer to the actor's request. Throws what the API answers with an error. */
  answer: (actor: Actor, request: Request, context: Context) => Promise<unknown>;
};

/** The handler of an operation for keys and signed-in people: authenticates, parses, calls one service, responds. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType | null>(
  operation: Operation<P, Q, B, A>,
  service: (actor: Actor, input: Parsed<P, Q, B>) => Promise<Answer<A>>,
  { otherOrigin }: RouteOptions = {},
): AnsweringRoute {
  const answer = async (actor: Actor, request: Request, context: Context) => {
    requireOrganization(operation, actor, request.headers);
    requirePermission(actor, operation.permission ?? "view");
    await countOperation(operation, actor);
    await requireNotHeld(operation);
    return service(actor, await parse(operation, request, context));
  };
  const handle = handler(operation, async (asked, context) => {
    const request = withOrganization(operation, asked);
    const { actor, setCookies } = await whoAsks(request.headers);
    if (actor.kind === "user" && request.method !== "GET") requireSameOrigin(request.headers, otherOrigin?.());
    const response = respond(operation, await answer(actor, request, context), request);
    for (const cookie of setCookies) response.headers.append("set-cookie", cookie);
    return response;
  });
  return Object.assign(handle, { answer });
}

/** The route handler of a public operation. A `status` from the service overrides the operation's. */
export function publicRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType | null>(
  operation: Operation<P, Q, B, A>,
  service: (input: Parsed<P, Q, B>) => Promise<{ status?: number; answer: Answer<A> }>,
): RouteHandler {
  return handler(operation, async (request, context) => {
    if (request.method !== "GET") requireSameOrigin(request.headers);
    const from = originOf(request.headers);
    await countRequest(from);
    await countOperation(operation, from);
    const { status, answer } = await service(await parse(operation, request, context));
    return respond(operation, answer, request, status);
  });
}

/**
 * The route handler of a public operation for probes: counts no requests, because a supervisor that restarts processes must get
 * an answer. The operation has to be as cheap as its limits would be.
 */
export function probeRoute<A extends z.ZodType>(
  operation: Operation<z.ZodType, z.ZodType, z.ZodType, A>,
  service: () => Promise<{ status?: number; answer: Answer<A> }>,
): RouteHandler {
  return handler(operation, async (request) => {
    const { status, answer } = await service();
    return respond(operation, answer, request, status);
  });
}

/**
 * The handler of an operation whose answer is a stream of events. The service gets a function that finds out whether the
 * caller may still call the operation; it throws if not.
 */
export function eventRoute<P extends z.ZodType>(
  operation: Operation<P, z.ZodType, z.ZodType, z.ZodType>,
  service: (
    actor: Actor,
    input: Parsed<P, z.ZodType, z.ZodType>,
    askAgain: () => Promise<Actor>,
  ) => Promise<ReadableStream<Uint8Array>>,
): RouteHandler {
  return handler(operation, async (asked, context) => {
    const request = withOrganization(operation, asked);
    const { actor, setCookies } = await whoAsks(request.headers);
    const admit = (found: Actor) => {
      requireOrganization(operation, found, request.headers);
      requirePermission(found, operation.permission ?? "view");
      return found;
    };
    admit(actor);
    await countOperation(operation, actor);
    await requireNotHeld(operation);
    const askAgain = async () => admit((await authenticate(request.headers, { extend: false })).actor);
    const body = await service(actor, await parse(operation, request, context), askAgain);
    const response = new Response(body, { headers: EVENTS });
    for (const cookie of setCookies) response.headers.append("set-cookie", cookie);
    return response;
  });
}

/** No proxy may compress, buffer, or keep the events, and the connection ends with them. */
const EVENTS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
  connection: "close",
};

function handler(operation: Operation, work: (request: Request, context: Context) => Promise<Response>): RouteHandler {
  const handle = async (request: Request, context: Context) => {
    const began = performance.now();
    const response = await work(request, context).catch(errorResponse);
    logAnswer(operation, response.status, Math.round(performance.now() - began));
    return response;
  };
  return Object.assign(handle, { operation });
}

/** Logs a request. Pages ask again and again for what they show, so reading that succeeds is for debugging only. */
function logAnswer({ method, path }: Operation, status: number, ms: number): void {
  const level = method === "GET" && status < 500 ? "debug" : "info";
  // The operation's path, not the request's own, which may hold a secret.
  getLogger()[level]({ method, path, status, ms }, "Request completed.");
}

async function parse<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  { params, query, body, hasOptionalBody }: Operation<P, Q, B, z.ZodType | null>,
  request: Request,
  context: Context,
): Promise<Parsed<P, Q, B>> {
  return {
    // A malformed id is a bad address (400), not a bad value (422).
    params: validate(params, (await context.params) ?? {}, 400),
    query: validate(query, Object.fromEntries(new URL(request.url).searchParams)),
    body: (body === null
      ? undefined
      : validate(body, await (hasOptionalBody ? readOptionalJson : readJson)(request))) as z.output<B>,
    headers: request.headers,
    signal: request.signal,
  };
}

function respond(
  { content, status: usual }: Operation,
  answer: unknown,
  request: Request,
  status: number = usual,
): Response {
  if (status === 204) return new Response(null, { status, headers: NO_STORE });
  if (content === "text/plain")
    return new Response(String(answer), {
      status,
      headers: { ...NO_STORE, "content-type": "text/plain; charset=utf-8" },
    });
  return jsonResponse(answer, request, status);
}
