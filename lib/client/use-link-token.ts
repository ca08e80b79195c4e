import { useEffect, useState } from "react";

/**
 * The token after the # of a link, where no server sees it; null until the page runs in the browser. Pasting another
 * link rereads it.
 */
export function useLinkToken(): string | null {
  const [token, setToken] = useState<string | null>(null);
  useEffect(() => {
    const read = () => setToken(window.location.hash.slice(1));
    read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  return token;
}
