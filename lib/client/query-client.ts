import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api";
import { leaveSilently } from "./leave-silently";
import { meQuery } from "./queries";
import { signInPath } from "./sign-in-path";

/**
 * Redirects an expired session to the sign-in page, which leads back afterward. If the user has left the page's
 * organization, asks again which ones are theirs.
 */
function onError(error: Error, client: QueryClient) {
  if (!(error instanceof ApiError)) return;
  if (error.status === 401) {
    leaveSilently();
    // Signing in comes back to this entry of the history.
    window.location.replace(signInPath(window.location));
  }
  if (error.code === "other_organization") void client.invalidateQueries(meQuery());
}

/** Only errors that may pass are retried: no response, and server errors. */
const mayPass = (error: Error) => error instanceof ApiError && (error.status === 0 || error.status >= 500);

/** The queries of one organization, or of pages outside of any. */
export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => onError(error, client) }),
    mutationCache: new MutationCache({ onError: (error) => onError(error, client) }),
    defaultOptions: { queries: { staleTime: 5000, retry: (count, error) => count < 2 && mayPass(error) } },
  });
  return client;
}
