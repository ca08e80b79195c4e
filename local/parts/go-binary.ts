import { spawn, spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { holdOnLeash, letGo } from "@/server/process/leash";
import type { Progress } from "@/server/process/progress";
import { cachedBuild, cacheRoot } from "./cached-build";

export interface GoBinary {
  /** Its display name. */
  part: string;
  /** Folder of its go.mod, relative to the repository root. */
  module: string;
  /** Import path of its main package. */
  target: string;
  name: string;
  /** How long a build takes. */
  estimate: string;
  /** What to do without Go, as the end of a sentence. */
  instead: string;
  progress: Progress;
}

/** Path of a program built by Go. Throws with a sentence if Go is missing or the build fails. */
export function buildGoBinary(options: GoBinary): Promise<string> {
  const { part, name, module, progress } = options;
  const sources = ["go.mod", "go.sum"].map((file) => `${module}/${file}`);
  return cachedBuild({ part, name, sources, progress, build: (output) => build(options, output) });
}

async function build(options: GoBinary, output: string): Promise<void> {
  const { part, progress, estimate } = options;
  if (spawnSync("go", ["version"]).status !== 0) {
    throw new Error(
      `It is built with Go, but Go isn't on PATH. Install it from https://go.dev/dl, ${options.instead}.`,
    );
  }
  progress.say(part, `building it from source, once: ${estimate} on two cores`);
  const counts = { downloaded: 0, compiled: 0 };
  const started = Date.now();
  const stopWaiting = progress.wait(part, (seconds) => {
    const modules = counts.downloaded > 0 ? `, ${counts.downloaded} modules downloaded` : "";
    const packages = counts.compiled > 0 ? `, ${counts.compiled} packages compiled` : "";
    return `building, ${seconds} s${modules}${packages}`;
  });
  try {
    await compile(options, output, counts);
  } finally {
    stopWaiting();
  }
  progress.say(part, `built in ${Math.round((Date.now() - started) / 1000)} s, kept in ${cacheRoot()}`);
}

async function compile(options: GoBinary, output: string, counts: { downloaded: number; compiled: number }) {
  const args = ["build", "-v", "-buildvcs=false", "-ldflags", "-s -w", "-o", output, options.target];
  const cwd = resolve(options.module);
  const child = spawn("go", args, { cwd, stdio: ["ignore", "ignore", "pipe"], detached: true });
  const pid = child.pid;
  if (pid) holdOnLeash(pid);
  const last: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    if (line.startsWith("go: downloading")) counts.downloaded++;
    else if (/^[\w.-]+(\/[\w.~-]+)*$/.test(line)) counts.compiled++;
    last.push(line);
    if (last.length > 12) last.shift();
  });
  const code = await new Promise((done, fail) => child.on("error", fail).on("close", done));
  if (pid) letGo(pid);
  if (code === 0) return;
  throw new Error(
    `go build ended with code ${code}. Its last lines:\n${last.map((line) => `  ${line}`).join("\n")}\n` +
      `Fix the problem and start again, ${options.instead}.`,
  );
}
