import { useState } from "react";
import { useHydrated } from "./use-hydrated";

/** The browser's storage; null where the browser forbids it. */
function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/**
 * A choice that this browser remembers under a name; null until there is one, and on the server, which can't know it.
 * Never for secrets.
 */
export function useRemembered(name: string): [string | null, (value: string) => void] {
  const key = `penstock:${name}`;
  const stored = useHydrated() ? (browserStorage()?.getItem(key) ?? null) : null;
  // Holds until the page is left where nothing can be stored.
  const [chosen, setChosen] = useState<string | null>(null);
  const remember = (next: string) => {
    setChosen(next);
    try {
      browserStorage()?.setItem(key, next);
    } catch {
      // The storage is full.
    }
  };
  return [chosen ?? stored, remember];
}
