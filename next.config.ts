import type { NextConfig } from "next";

/** On every answer. Pages have a Content-Security-Policy of their own from proxy.ts, and HTTPS is the web server's to demand. */
const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** What is no page is never shown as one. */
const NO_PAGE = { "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox" };

const list = (headers: Record<string, string>) => Object.entries(headers).map(([key, value]) => ({ key, value }));

const config: NextConfig = {
  // Tests build into a folder of their own, so that a running app keeps its files.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  serverExternalPackages: [
    "snowflake-sdk",
    "@temporalio/client",
    "@temporalio/common",
    "@clickhouse/client",
    "@aws-sdk/client-s3",
    "pg",
    "pino",
    "prom-client",
    "rate-limiter-flexible",
  ],
  // Types are checked by `npm run verify` and `npm test`; a start need not wait for them.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  // Nothing uses the optimizer of images, which would fetch and keep what anybody asks it for.
  images: { unoptimized: true },
  headers: async () => [
    { source: "/:path*", headers: list(HEADERS) },
    { source: "/api/:path*", headers: list(NO_PAGE) },
    { source: "/_next/static/:path*", headers: list(NO_PAGE) },
  ],
};

export default config;
