import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pMap from "p-map";

/** The inputs of the web and worker build. */
export const INPUTS = [
  "app",
  "components",
  "lib",
  "worker",
  "verifier",
  "public",
  "server",
  "next.config.ts",
  "postcss.config.mjs",
  "proxy.ts",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "tsconfig.json",
  "package-lock.json",
];

/** Files open at once: a container may allow few. */
const AT_ONCE = 64;

const NOT_BUILT = /\.test\.tsx?$/;

/** Fingerprint of the build's inputs under `root`: the same until one is changed, added, or removed. */
export async function inputsHash(root: string, inputs: string[] = INPUTS): Promise<string> {
  const files = (await Promise.all(inputs.map((input) => filesOf(root, input)))).flat().sort();
  const contents = await pMap(files, (file) => readFile(join(root, file)), { concurrency: AT_ONCE });
  const hash = createHash("sha256");
  files.forEach((file, index) => {
    const content = contents[index] ?? Buffer.alloc(0);
    hash.update(`${file}\0${content.length}\0`).update(content);
  });
  return hash.digest("hex");
}

// The file itself, the files below a folder, or nothing if neither exists.
async function filesOf(root: string, path: string): Promise<string[]> {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    return error.code === "ENOTDIR" ? "file" : "missing";
  });
  if (entries === "missing") return [];
  if (typeof entries === "string") return [path];
  const below = entries.map((entry) => {
    const child = `${path}/${entry.name}`;
    if (entry.isDirectory()) return filesOf(root, child);
    return NOT_BUILT.test(entry.name) ? [] : [child];
  });
  return (await Promise.all(below)).flat();
}
