import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import "@fontsource-variable/geist";
import "@fontsource-variable/geist-mono";
import { Providers } from "@/components/app/providers";
import { NONCE_HEADER } from "@/lib/http/page-policy";
import "./globals.css";

// Only a request knows who is signed in; a build has no environment.
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: "Penstock", template: "%s · Penstock" },
  description: "Scheduled, provable exports of product-analytics data",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: "#12343f",
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined;
  return (
    // The theme's class is set before React hydrates, so the two may differ here.
    <html lang="en" suppressHydrationWarning>
      <body>
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  );
}
