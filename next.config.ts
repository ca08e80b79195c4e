import type { NextConfig } from "next";
import { BASE_PATH, requireBasePath } from "./lib/base-path";
import { HEADERS, NO_PAGE } from "./lib/http/fixed-headers";

const list = (headers: Record<string, string>) => Object.entries(headers).map(([key, value]) => ({ key, value }));

requireBasePath(BASE_PATH);

const config: NextConfig = {
  ...(BASE_PATH !== "" && { basePath: BASE_PATH }),
  // lib/base-path.ts and lib/build.ts, in pages and on the server.
  env: { PENSTOCK_BASE_PATH: BASE_PATH, PENSTOCK_REVISION: process.env.PENSTOCK_REVISION ?? "" },
  // Tests build into their own folder, so that a running app keeps its files.
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
  // `npm run verify` and `npm test` check types; a start need not wait for that.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  // Nothing uses the image optimizer, which would fetch and keep whatever anyone requests.
  images: { unoptimized: true },
  // At once, where a page would first show its frame.
  redirects: async () => [
    {
      source: "/o/:organizationId/settings",
      destination: "/o/:organizationId/settings/organization",
      permanent: false,
    },
    {
      source: "/o/:organizationId/p/:projectId",
      destination: "/o/:organizationId/p/:projectId/exports",
      permanent: false,
    },
  ],
  headers: async () => [
    { source: "/:path*", headers: list(HEADERS) },
    // The reference is a page below the API: proxy.ts.
    { source: "/api/:path((?!docs$|docs/).*)", headers: list(NO_PAGE) },
    { source: "/_next/static/:path*", headers: list(NO_PAGE) },
  ],
};

export default config;
