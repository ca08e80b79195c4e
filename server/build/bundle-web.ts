import { join } from "node:path";
import { build } from "esbuild";
import { BAKED } from "./baked";

/** Bundles the web app's server into `<dist>/web.mjs`; packages stay outside. */
export async function bundleWebServer(dist: string): Promise<void> {
  await build({
    entryPoints: ["server/web-server.ts"],
    outfile: join(dist, "web.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    packages: "external",
    define: BAKED,
    logLevel: "error",
  });
}
