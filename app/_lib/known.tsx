import { type DehydratedState, dehydrate, QueryClient, type QueryKey } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { KnownAnswers } from "@/components/app/known-answers";

/** A query's key and the answer that the server has already. */
export type KnownAnswer = readonly [key: QueryKey, answer: unknown];

/**
 * Answers that a page gets with its document, so that it needn't ask for them. They have to be what the API would
 * answer: they go through JSON as its answers do. Old ones are asked for again at once.
 */
export function knownState(answers: readonly KnownAnswer[], { isOld = false } = {}): DehydratedState {
  const client = new QueryClient();
  for (const [key, answer] of answers)
    client.setQueryData(key, JSON.parse(JSON.stringify(answer)), isOld ? { updatedAt: 0 } : {});
  return dehydrate(client);
}

/** Gives its children answers. */
export const Known = ({ answers, children }: { answers: readonly KnownAnswer[]; children: ReactNode }) => (
  <KnownAnswers state={knownState(answers)}>{children}</KnownAnswers>
);
