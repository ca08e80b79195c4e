import { useEffect } from "react";

/** Puts the name of the page's subject into the window title, once known. */
export function usePageTitle(name: string | undefined) {
  useEffect(() => {
    if (name) document.title = `${name} · Penstock`;
  }, [name]);
}
