import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import "@fontsource-variable/geist";
import "@fontsource-variable/geist-mono";
import { Providers } from "@/components/app/providers";
import "./globals.css";

// Who is signed in is known with a request only; a build has no environment to ask.
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: "Penstock", template: "%s · Penstock" },
  description: "Scheduled, provable exports of product-analytics data",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: "#12343f",
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The theme's class is set before React wakes up, so the two may differ here.
    <html lang="en" suppressHydrationWarning>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
