import { join } from "node:path";

/** Arguments and environment of a Node process. */
export interface NodeCommand {
  args: string[];
  env: Record<string, string | undefined>;
}

interface Address {
  host: string;
  port: number;
}

/** Serves the production build whose bundles are in `dist`. */
export function webCommand(dist: string, env: NodeCommand["env"], { host, port }: Address): NodeCommand {
  return {
    args: ["--enable-source-maps", join(dist, "web.mjs")],
    env: { ...env, ...webEnv({ host, port }), NODE_ENV: "production" },
  };
}

/** How the web app's process learns its address. */
export const webEnv = ({ host, port }: Address) => ({
  HOST: host,
  PORT: String(port),
  NEXT_TELEMETRY_DISABLED: "1",
});

/**
 * Files stream through short-lived buffers outside the heap. Frequent collections of a small young generation free them
 * at once; otherwise they accumulate until a full collection, which costs twice the processor time. A smaller one would
 * promote the leftovers of requests for small objects to the full collections. Few arenas keep freed memory together.
 */
const STREAMING = ["--max-semi-space-size=4", "--min-semi-space-size=4", "--single-threaded-gc"];
const FEW_ARENAS = { MALLOC_ARENA_MAX: "2" };

/** Source maps for our own stack traces. `--enable-source-maps` also keeps every package's, 18 MB of heap. */
const OWN_MAPS =
  'import { setSourceMapsSupport } from "node:module"; setSourceMapsSupport(true, { nodeModules: false });';
const WITH_OWN_MAPS = ["--import", `data:text/javascript,${encodeURIComponent(OWN_MAPS)}`];

/** Runs the worker whose bundle is in `dist`. */
export function workerCommand(dist: string, env: NodeCommand["env"]): NodeCommand {
  return {
    args: [...WITH_OWN_MAPS, ...STREAMING, join(dist, "worker.mjs")],
    env: { ...FEW_ARENAS, ...env, NODE_ENV: "production" },
  };
}
