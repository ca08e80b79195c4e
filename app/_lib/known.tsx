import { type DehydratedState, dehydrate, HydrationBoundary, QueryClient, type QueryKey } from "@tanstack/react-query";
import type { ReactNode } from "react";

/** A query's key and the answer that the server has already. */
export type KnownAnswer = readonly [key: QueryKey, answer: unknown];

/**
 * Answers that a page gets with its document, so that it needn't ask for them. They have to be what the API would
 * answer: they go through JSON as its answers do.
 */
export function knownState(answers: readonly KnownAnswer[]): DehydratedState {
  const client = new QueryClient();
  for (const [key, answer] of answers) client.setQueryData(key, JSON.parse(JSON.stringify(answer)));
  return dehydrate(client);
}

/** Gives its children answers. */
export const Known = ({ answers, children }: { answers: readonly KnownAnswer[]; children: ReactNode }) => (
  <HydrationBoundary state={knownState(answers)}>{children}</HydrationBoundary>
);
