import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { withLock } from "@/server/process/lock";
import type { Progress } from "@/server/process/progress";

export interface CachedBuild {
  /** What people call it. */
  part: string;
  /** File name of the program. */
  name: string;
  /** What it is built from: files, from the root of the repository. */
  sources: string[];
  progress: Progress;
  /** Builds the program as `output`. Throws a sentence that says why it can't. */
  build(output: string): Promise<void>;
}

/**
 * Path of a program that is built on this machine. It is built once for each content of its sources and each platform, and kept
 * in a cache outside the checkout; two starts at once build it once. Throws what `build` throws.
 */
export async function cachedBuild({ part, name, sources, progress, build }: CachedBuild): Promise<string> {
  const folder = join(cacheRoot(), `${name}-${await fingerprint(sources)}`);
  const binary = join(folder, name);
  if (existsSync(binary)) return binary;
  await mkdir(folder, { recursive: true });
  const waiting = () => progress.say(part, "waiting for another start that is building it");
  return withLock(join(folder, "lock"), waiting, async () => {
    if (existsSync(binary)) return binary;
    // An interrupted build never leaves half a program in its place.
    const unfinished = `${binary}.new`;
    try {
      await build(unfinished);
      await rename(unfinished, binary);
    } finally {
      await rm(unfinished, { force: true });
    }
    return binary;
  });
}

/** Where what was built or downloaded once is kept, outside the checkout. */
export function cacheRoot(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "penstock");
}

async function fingerprint(sources: string[]): Promise<string> {
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}`);
  for (const file of sources) hash.update(await readFile(resolve(file)));
  return hash.digest("hex").slice(0, 16);
}
