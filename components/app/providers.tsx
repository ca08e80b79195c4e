"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { makeQueryClient } from "@/lib/client/query-client";
import { Toasts } from "./toasts";

interface ProvidersProps {
  children: ReactNode;
  /** Nonce for inline scripts and styles under the page's content security policy. */
  nonce: string | undefined;
}

export function Providers({ children, nonce }: ProvidersProps) {
  const [client] = useState(makeQueryClient);
  return (
    <ThemeProvider attribute="class" defaultTheme="system" disableTransitionOnChange {...(nonce && { nonce })}>
      <CSPProvider nonce={nonce}>
        <QueryClientProvider client={client}>
          <NuqsAdapter>{children}</NuqsAdapter>
        </QueryClientProvider>
      </CSPProvider>
      <Toasts />
    </ThemeProvider>
  );
}
