import { type RefObject, useEffect, useRef } from "react";

/** The path on which the page was loaded. */
let loadedPath: string | null = null;

/**
 * Focuses a page's heading where a navigation has left the focus nowhere, because what had it is gone, such as the
 * wizard's last button: screen readers then read the new page, and the keyboard goes on from there.
 */
export function useFocusAfterNavigation<T extends HTMLElement>(): RefObject<T | null> {
  const target = useRef<T>(null);
  useEffect(() => {
    const { pathname } = window.location;
    loadedPath ??= pathname;
    if (pathname === loadedPath) return;
    loadedPath = "";
    const { activeElement, body } = document;
    if (activeElement === null || activeElement === body) target.current?.focus({ preventScroll: true });
  }, []);
  return target;
}
