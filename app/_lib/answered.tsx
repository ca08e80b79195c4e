import type { QueryKey } from "@tanstack/react-query";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import type { AnsweringRoute } from "@/app/api/_lib/route";
import { AppError } from "@/lib/errors";
import type { OperationId } from "@/lib/openapi/addresses";
import { type Input, pathOf } from "@/lib/openapi/client";
import { ORGANIZATION_HEADER } from "@/lib/organization-header";
import type { Actor } from "@/lib/services/access";
import { countRequest } from "@/lib/services/rate-limits";
import { currentSession } from "./current-session";
import { Known, type KnownAnswer } from "./known";

/**
 * How long a document waits for answers that are asked for together, in milliseconds. The page itself asks for those
 * that take longer.
 */
const WAIT_MS = 500;

/** What a page asks for first: a query of `lib/client`, the route that answers it, and an error that is an answer. */
export type Asked = readonly [
  query: { queryKey: QueryKey; initialPageParam?: unknown },
  route: AnsweringRoute,
  absent?: { code: string; answer: unknown },
];

/**
 * The API's answers to what a document would ask for first, so that it shows its content at once (docs/decisions/0050).
 * They come from the API's own routes, with its permissions and limits. Those that fail are left out: the page then
 * asks, and shows why. So are all of them in a page that a running app opens, which shows its frame sooner without.
 */
export async function answersOf(organizationId: string, asks: readonly Asked[]): Promise<KnownAnswer[]> {
  const session = await currentSession(organizationId);
  if (session?.organizationId !== organizationId) return [];
  // Only documents are asked for as HTML.
  if (!(await headers()).get("accept")?.includes("text/html")) return [];
  const late = AbortSignal.timeout(WAIT_MS);
  const found = await Promise.all(asks.map((asked) => answerOf(session.actor, asked, late)));
  return found.filter((answer) => answer !== null);
}

async function answerOf(actor: Actor, [query, route, absent]: Asked, late: AbortSignal): Promise<KnownAnswer | null> {
  const [id, input] = query.queryKey as readonly [OperationId, Input<OperationId>];
  if (id !== route.operation.id) throw new Error(`The route of ${route.operation.id} can't answer ${id}.`);
  const request = new Request(new URL(pathOf(id, input), "http://page"), {
    headers: { [ORGANIZATION_HEADER]: actor.organizationId },
    signal: late,
  });
  const params = Promise.resolve("params" in input ? input.params : {});
  const work = countRequest(actor)
    .then(() => route.answer(actor, request, { params }))
    .catch((error: unknown) => {
      if (error instanceof AppError && error.code === absent?.code) return absent.answer;
      throw error;
    })
    .then(
      (answer): KnownAnswer => [
        query.queryKey,
        "initialPageParam" in query ? { pages: [answer], pageParams: [query.initialPageParam] } : answer,
      ],
    )
    .catch(() => null);
  return Promise.race([work, new Promise<null>((done) => late.addEventListener("abort", () => done(null)))]);
}

/** A page of an organization. */
export interface OrganizationPageProps {
  params: Promise<{ organizationId: string }>;
}

interface AnsweredProps extends OrganizationPageProps {
  asks: readonly Asked[];
  children: ReactNode;
}

/** A page with its first answers. */
export const Answered = async ({ params, asks, children }: AnsweredProps) => (
  <Known answers={await answersOf((await params).organizationId, asks)}>{children}</Known>
);
