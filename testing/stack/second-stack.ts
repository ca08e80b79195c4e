import { join } from "node:path";
import { type Counts, honest } from "./counts";
import { readCounts } from "./reports";
import { runCommand } from "./run-command";

export const COUNTS_FILE = "counts.json";

/** Integration tests wait a lot, so one half runs on a second stack, beside the other. */
export const FIRST_SHARDS = ["1/2"];
const SECOND_SHARDS = ["2/2"];

/** Runs the other half of the integration tests in a process of their own, and prints their output at the end. */
export async function runSecondStack(reports: string): Promise<Counts> {
  const folder = join(reports, "second");
  const args = ["--import", "tsx", "testing/shard.ts", folder, ...SECOND_SHARDS];
  const { code, output } = await runCommand(process.execPath, args);
  console.log(`\n== On the second stack\n${output.trimEnd()}`);
  return honest(
    readCounts<Counts>(join(folder, COUNTS_FILE), (counts) => counts),
    code,
  );
}
