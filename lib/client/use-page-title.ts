import { useEffect } from "react";

/** Puts the name of what a page shows into the window's title, once it is known. */
export function usePageTitle(name: string | undefined) {
  useEffect(() => {
    if (name) document.title = `${name} · Penstock`;
  }, [name]);
}
