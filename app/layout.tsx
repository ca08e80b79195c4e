import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "@/components/app/providers";
import { NONCE_HEADER } from "@/lib/http/page-policy";
import { RELOAD_SCRIPT } from "@/lib/http/reload-script";
import "./fonts.css";
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
      <head>
        <script
          nonce={nonce}
          // The browser hides the nonce from React.
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant; as a child, React would escape its arrows
          dangerouslySetInnerHTML={{ __html: RELOAD_SCRIPT }}
        />
      </head>
      <body>
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  );
}
