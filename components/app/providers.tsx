"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { leaveSilently } from "@/components/ui/leave-guard";
import { ApiError } from "@/lib/client/api";
import { meQuery } from "@/lib/client/queries";
import { signInPath } from "@/lib/client/sign-in-path";
import { Toasts } from "./toasts";

/**
 * Redirects an expired session to the sign-in page, which leads back afterward. If another tab has switched
 * organizations, refetches the current one.
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

function makeClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => onError(error, client) }),
    mutationCache: new MutationCache({ onError: (error) => onError(error, client) }),
    defaultOptions: { queries: { staleTime: 5000, retry: (count, error) => count < 2 && mayPass(error) } },
  });
  return client;
}

interface ProvidersProps {
  children: ReactNode;
  /** Nonce for inline scripts and styles under the page's content security policy. */
  nonce: string | undefined;
}

export function Providers({ children, nonce }: ProvidersProps) {
  const [client] = useState(makeClient);
  return (
    <ThemeProvider attribute="class" defaultTheme="system" disableTransitionOnChange {...(nonce && { nonce })}>
      <CSPProvider nonce={nonce}>
        <QueryClientProvider client={client}>
          <NuqsAdapter>
            <Tooltip.Provider delay={200}>{children}</Tooltip.Provider>
          </NuqsAdapter>
        </QueryClientProvider>
      </CSPProvider>
      <Toasts />
    </ThemeProvider>
  );
}
