// The first step of every npm script. Runs on Node 20 with nothing installed: built-ins only.
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { hydrateSymlinks } from "./bootstrap/hydrate.mjs";
import { findNode } from "./bootstrap/node.mjs";
import { ensurePackages } from "./bootstrap/packages.mjs";
import { runScript } from "./bootstrap/run.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const scripts = {
  start: "local/start.ts",
  dev: "local/dev.ts",
  test: "testing/test.ts",
  "test:long": "testing/test-long.ts",
  verify: "testing/verify.ts",
  lint: "testing/lint.ts",
  typecheck: "testing/typecheck.ts",
  format: "testing/format.ts",
  bench: "bench/main.ts",
  "bench:window": "bench/small-window.ts",
  "bench:files": "bench/many-files.ts",
  "bench:soak": "bench/soak/main.ts",
  "bench:windows": "bench/many-windows.ts",
  "bench:checks": "bench/checks.ts",
  "bench:peers": "bench/peers.ts",
  "bench:scale": "bench/scale/main.ts",
  "bench:creation": "bench/creation.ts",
  web: "server/web.ts",
  worker: "server/worker.ts",
  build: "server/build.ts",
  "build:verify": "verifier/build.ts",
  migrate: "server/migrate.ts",
  setup: "server/setup.ts",
  "reset-password": "server/reset-password.ts",
  "rotate-keys": "server/rotate-keys.ts",
  installation: "server/installation.ts",
  drill: "testing/drill.ts",
  "env:example": "server/env-example.ts",
  words: "testing/words.ts",
};

const [command = "", ...args] = process.argv.slice(2);
const script = scripts[command];
if (!script) {
  console.error(`Unknown command "${command}". Use one of: ${Object.keys(scripts).join(", ")}.`);
  process.exit(2);
}

try {
  process.chdir(root);
  await ensurePackages(root);
  await hydrateSymlinks(root);
  process.exitCode = await runScript({ root, node: findNode(root), script, args });
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
