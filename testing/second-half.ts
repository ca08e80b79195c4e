import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeShutdown } from "@/server/process/shutdown";
import { ONE_FAILED, sum } from "./stack/counts";
import { runOnStack } from "./stack/run-on-stack";
import { COUNTS_FILE } from "./stack/second-stack";

/**
 * Runs these shards of the integration tests, like `2/2`, one after the other on a stack of its own, and writes their
 * counts into `folder`. `npm test` starts it beside the other shards; it is no command by itself.
 */
async function main([folder = "", ...shards]: string[]): Promise<void> {
  const shutdown = makeShutdown(
    () => {},
    () => 130,
  );
  let counts = ONE_FAILED;
  shutdown.before(() => writeFileSync(join(folder, COUNTS_FILE), JSON.stringify(counts)));
  try {
    mkdirSync(folder, { recursive: true });
    const args = shards.map((shard) => [`--shard=${shard}`]);
    counts = sum(
      await runOnStack({ only: ["integration"], integration: args, browser: [], reports: folder, shutdown }),
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  await shutdown.end(counts.failed > 0 ? 1 : 0);
}

void main(process.argv.slice(2));
