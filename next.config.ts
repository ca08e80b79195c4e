import type { NextConfig } from "next";

const config: NextConfig = {
  // Tests build into a folder of their own, so that a running app keeps its files.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  serverExternalPackages: [
    "@temporalio/client",
    "@temporalio/common",
    "@clickhouse/client",
    "@aws-sdk/client-s3",
    "pg",
    "pino",
  ],
  // Types are checked by `npm run verify` and `npm test`; a start need not wait for them.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
};

export default config;
