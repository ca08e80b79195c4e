import { build } from "esbuild";
import { BAKED } from "./baked";

/** Programs of the image besides web and worker, as `<dist>/<name>.mjs`. */
const PROGRAMS = {
  penstock: "server/image/penstock.ts",
  healthcheck: "server/image/healthcheck.ts",
  "reset-password": "server/image/reset-password.ts",
  "rotate-keys": "server/image/rotate-keys.ts",
  installation: "server/image/installation.ts",
  migrate: "server/migrate.ts",
  setup: "server/setup.ts",
};

/** Bundles the commands of the image into `dist`; packages stay outside. */
export async function bundleImage(dist: string): Promise<void> {
  await build({
    entryPoints: PROGRAMS,
    outdir: dist,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    packages: "external",
    define: BAKED,
    // Next names no exports, so Node wants the file.
    alias: { "next/headers": "next/headers.js" },
    logLevel: "error",
  });
}
