import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { bundleWorkflowCode, DefaultLogger } from "@temporalio/worker";
import { build } from "esbuild";
import packageJson from "../../package.json" with { type: "json" };

/**
 * Packages stay outside the bundle, except drizzle: its package.json is so large that Node, which reads it for each of
 * its files, needs 200 MB more.
 */
const OUTSIDE = Object.keys(packageJson.dependencies).filter((name) => name !== "drizzle-orm");

/** Bundles the worker into `<dist>/worker.mjs` (packages stay outside) and its workflows into `<dist>/workflows.js`. */
export async function bundleWorker(dist: string): Promise<void> {
  const [, workflows] = await Promise.all([
    build({
      entryPoints: ["worker/main.ts"],
      outfile: join(dist, "worker.mjs"),
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node22",
      external: OUTSIDE,
      sourcemap: true,
      // Node keeps the map for stack traces, which need no sources.
      sourcesContent: false,
      logLevel: "error",
    }),
    bundleWorkflowCode({ workflowsPath: resolve("worker/workflows/index.ts"), logger: new DefaultLogger("WARN") }),
  ]);
  await writeFile(join(dist, "workflows.js"), workflows.code);
}
