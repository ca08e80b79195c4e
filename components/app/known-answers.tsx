"use client";

import { type DehydratedState, HydrationBoundary } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useHydrated } from "@/lib/client/use-hydrated";

/** When this document began to arrive, by the browser's clock, which may differ from the server's. */
function arrival(): number {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return performance.timeOrigin + (navigation?.responseStart ?? 0);
}

/** Puts the time of the document in place of the server's: an answer is never newer than what the page asked for. */
function timed(state: DehydratedState): DehydratedState {
  if (typeof window === "undefined") return state;
  const dataUpdatedAt = arrival();
  const queries = state.queries.map((query) =>
    query.state.dataUpdatedAt === 0 ? query : { ...query, state: { ...query.state, dataUpdatedAt } },
  );
  return { ...state, queries };
}

/**
 * Gives its children the answers that came with the document. The router keeps them for *Back*, when they are old: what
 * mounts later asks.
 */
export function KnownAnswers({ state, children }: { state: DehydratedState; children: ReactNode }) {
  const isLater = useHydrated();
  const [known] = useState(() => (isLater ? null : timed(state)));
  return <HydrationBoundary state={known}>{children}</HydrationBoundary>;
}
