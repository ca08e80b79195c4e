import { spawnSync } from "node:child_process";
import type { Progress } from "@/server/process/progress";
import { cachedBuild } from "../parts/cached-build";

const SOURCE = "local/clickhouse/launcher.c";

/** Path of the program that runs ClickHouse from its library, compiled once. Throws a sentence without a C compiler. */
export function clickhouseLauncher(progress: Progress): Promise<string> {
  return cachedBuild({
    part: "ClickHouse",
    name: "clickhouse",
    sources: [SOURCE],
    progress,
    build: async (output) => compile(output),
  });
}

function compile(output: string): void {
  const compiler = [process.env.CC, "cc", "gcc", "clang"].find(
    (name) => name && spawnSync(name, ["--version"]).status === 0,
  );
  if (!compiler) {
    throw new Error(
      "Its launcher must be compiled once, but there is no C compiler on PATH. Install one (Debian: apt-get install gcc, macOS: " +
        "xcode-select --install), or set CLICKHOUSE_URL to your own ClickHouse.",
    );
  }
  const { status, stderr } = spawnSync(compiler, ["-O1", "-o", output, SOURCE, "-ldl", "-lpthread"], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${compiler} can't compile ${SOURCE}:\n${stderr.trim()}`);
}
