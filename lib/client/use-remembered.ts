import { useState } from "react";

/** The browser's storage; null where the browser forbids it. */
function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/**
 * A choice that this browser remembers under a name; null until there is one. For components that render in the browser
 * only. Never for secrets.
 */
export function useRemembered(name: string): [string | null, (value: string) => void] {
  const key = `penstock:${name}`;
  const [value, setValue] = useState(() => browserStorage()?.getItem(key) ?? null);
  const remember = (next: string) => {
    setValue(next);
    try {
      browserStorage()?.setItem(key, next);
    } catch {
      // The storage is full: the choice holds until the page is left.
    }
  };
  return [value, remember];
}
