import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { withLock } from "@/server/process/lock";
import type { Progress } from "@/server/process/progress";

export interface CachedBuild {
  /** Its display name. */
  part: string;
  /** File name of the program. */
  name: string;
  /** Source files, relative to the repository root. */
  sources: string[];
  progress: Progress;
  /** Builds the program at `output`. Throws a sentence that says why it can't. */
  build(output: string): Promise<void>;
}

/**
 * Path of a program built on this machine. Built once per platform and content of its sources, and cached outside the
 * checkout; concurrent starts share one build. Throws what `build` throws.
 */
export async function cachedBuild({ part, name, sources, progress, build }: CachedBuild): Promise<string> {
  const folder = join(cacheRoot(), `${name}-${await fingerprint(sources)}`);
  const binary = join(folder, name);
  if (existsSync(binary)) return binary;
  await mkdir(folder, { recursive: true });
  const waiting = () => progress.say(part, "waiting for another process that is building it");
  return withLock(join(folder, "lock"), waiting, async () => {
    if (existsSync(binary)) return binary;
    // An interrupted build must not leave half a program in place.
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

/** Cache of builds and downloads, outside the checkout. */
export function cacheRoot(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "penstock");
}

async function fingerprint(sources: string[]): Promise<string> {
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}`);
  for (const file of sources) hash.update(await readFile(resolve(file)));
  return hash.digest("hex").slice(0, 16);
}
