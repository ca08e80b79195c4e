import { spawnSync } from "node:child_process";
import type { Progress } from "@/server/process/progress";
import { buildGoBinary } from "./go-binary";

/** The oldest server that Penstock is tested with. */
const OLDEST_SERVER: [number, number] = [1, 29];

/** Path of a suitable `temporal`: the one on PATH if new enough, otherwise one built from local/temporal-server. */
export async function temporalBinary(progress: Progress): Promise<string> {
  const found = spawnSync("temporal", ["--version"], { encoding: "utf8" });
  if (found.status === 0 && servesWith(found.stdout)) return "temporal";
  return buildGoBinary({
    part: "Temporal",
    module: "local/temporal-server",
    target: "github.com/temporalio/cli/cmd/temporal",
    name: "temporal",
    estimate: "about 4 minutes",
    instead: "or put the temporal CLI on PATH, or set TEMPORAL_ADDRESS to your own Temporal",
    progress,
  });
}

/** Whether the output of `temporal --version` names a new enough server. */
export function servesWith(version: string): boolean {
  const match = /Server (\d+)\.(\d+)/.exec(version);
  const [major, minor] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
  return major > OLDEST_SERVER[0] || (major === OLDEST_SERVER[0] && minor >= OLDEST_SERVER[1]);
}
