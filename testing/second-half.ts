import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeShutdown } from "@/server/process/shutdown";
import { ONE_FAILED, sum } from "./stack/counts";
import { runOnStack } from "./stack/run-on-stack";
import { COUNTS_FILE, HALVED, SECOND_STACK } from "./stack/second-stack";

/**
 * Runs the other half of the named stages on a stack of its own, and writes their counts into `folder`. `npm test`
 * starts it beside the first half; it is no command by itself.
 */
async function main([folder = "", ...names]: string[]): Promise<void> {
  const shutdown = makeShutdown(
    () => {},
    () => 130,
  );
  let counts = ONE_FAILED;
  shutdown.before(() => writeFileSync(join(folder, COUNTS_FILE), JSON.stringify(counts)));
  try {
    mkdirSync(folder, { recursive: true });
    const only = HALVED.filter((name) => names.includes(name));
    counts = sum(await runOnStack({ only, args: SECOND_STACK, reports: folder, shutdown }));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  await shutdown.end(counts.failed > 0 ? 1 : 0);
}

void main(process.argv.slice(2));
