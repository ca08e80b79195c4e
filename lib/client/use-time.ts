"use client";

import { createContext, use } from "react";
import { useHydrated } from "./use-hydrated";

/** The time at which the server rendered the document, in milliseconds. Null outside the signed-in app. */
export const RenderedAt = createContext<number | null>(null);

/** The time in milliseconds. On the server and while hydrating, which must not differ, it is the document's. */
export function useTime(): number {
  const renderedAt = use(RenderedAt);
  const isHydrated = useHydrated();
  return isHydrated || renderedAt === null ? Date.now() : renderedAt;
}
