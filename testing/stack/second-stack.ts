import { join } from "node:path";
import type { StageName } from "./arguments";
import { type Counts, honest } from "./counts";
import { readCounts } from "./reports";
import { runCommand } from "./run-command";

export const COUNTS_FILE = "counts.json";

/** The tests that run in halves on two stacks, because they wait a lot. */
export const HALVED: readonly StageName[] = ["integration", "browser"];
/** What each stack runs. The second needs longer for its integration tests, and less for its browser tests. */
export const FIRST_STACK = { integration: ["--shard=1/2"], browser: ["--shard=2/2"] };
export const SECOND_STACK = { integration: ["--shard=2/2"], browser: ["--shard=1/2"] };

/** Runs the other half of these tests in a process of their own, and prints their output at the end. */
export async function runSecondStack(only: readonly StageName[], reports: string): Promise<Counts> {
  const folder = join(reports, "second");
  const args = ["--import", "tsx", "testing/second-half.ts", folder, ...only];
  const { code, output } = await runCommand(process.execPath, args);
  console.log(`\n== On the second stack\n${output.trimEnd()}`);
  return honest(
    readCounts<Counts>(join(folder, COUNTS_FILE), (counts) => counts),
    code,
  );
}
