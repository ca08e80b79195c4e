import type { z } from "zod";
import { AppError } from "@/lib/errors";
import type { Operation } from "@/lib/openapi/operation";
import { requireScope } from "@/lib/services/auth/access";
import type { Actor } from "@/lib/services/auth/actor";
import { authenticate } from "@/lib/services/auth/authenticate";
import { readJson } from "./body";
import { errorResponse, NO_STORE } from "./errors";
import { requireSameOrigin } from "./origin";
import { validate } from "./validation";

interface Parsed<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
}

type Answer<A extends z.ZodType | null> = A extends z.ZodType ? z.output<A> : undefined;

interface Context {
  params: Promise<unknown>;
}

/** A route handler that knows which operation it is, so that a test can hold both against the document. */
export type RouteHandler = ((request: Request, context: Context) => Promise<Response>) & { operation: Operation };

/** The route handler of an operation for keys and signed-in people: who asks, what is asked, one service, the answer. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType | null>(
  operation: Operation<P, Q, B, A>,
  service: (actor: Actor, input: Parsed<P, Q, B>) => Promise<Answer<A>>,
): RouteHandler {
  return handler(operation, async (request, context) => {
    const { actor, setCookies } = await authenticate(request.headers);
    if (operation.auth === "session" && actor.kind !== "user")
      throw new AppError("forbidden", "This needs a signed-in user: an API key can't do it.", 403);
    if (actor.kind === "user" && request.method !== "GET") requireSameOrigin(request.headers);
    requireScope(actor, operation.scope);
    const input = await parse(operation, request, context);
    const response = respond(operation.status, await service(actor, input));
    for (const cookie of setCookies) response.headers.append("set-cookie", cookie);
    return response;
  });
}

/** The route handler of an operation that is open to everybody. */
export function publicRoute<A extends z.ZodType>(
  operation: Operation<z.ZodType, z.ZodType, z.ZodType, A>,
  service: () => Promise<{ status?: number; answer: z.output<A> }>,
): RouteHandler {
  return handler(operation, async () => {
    const { status, answer } = await service();
    return respond(status ?? operation.status, answer);
  });
}

function handler(operation: Operation, work: (request: Request, context: Context) => Promise<Response>): RouteHandler {
  const handle = (request: Request, context: Context) => work(request, context).catch(errorResponse);
  return Object.assign(handle, { operation });
}

async function parse<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  { params, query, body }: Operation<P, Q, B, z.ZodType | null>,
  request: Request,
  context: Context,
): Promise<Parsed<P, Q, B>> {
  return {
    // An id that can't be one is a wrong address rather than a wrong value.
    params: validate(params, (await context.params) ?? {}, 400),
    query: validate(query, Object.fromEntries(new URL(request.url).searchParams)),
    body: (body === null ? undefined : validate(body, await readJson(request))) as z.output<B>,
  };
}

function respond(status: number, answer: unknown): Response {
  if (status === 204) return new Response(null, { status, headers: NO_STORE });
  return Response.json(answer, { status, headers: NO_STORE });
}
