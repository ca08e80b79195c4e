import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { withLock } from "@/server/process/lock";
import { makeShutdown } from "@/server/process/shutdown";
import type { TestArguments } from "./arguments";
import { findChromium } from "./chromium";
import { ONE_FAILED, sum, summaryLine } from "./counts";
import { runOnStack } from "./run-on-stack";
import { FIRST_STACK, HALVED, runSecondStack } from "./second-stack";
import { runTogether } from "./stage";
import { staticStages } from "./static-stages";

/**
 * Runs the requested stages, with a separate stack for those that need services, and ends the process. Prints the sum
 * of all runners alone on the last line, after everything is shut down.
 */
export async function runTests(read: () => TestArguments): Promise<void> {
  const shutdown = makeShutdown(
    (reason) => console.log(`\nEnding the tests (${reason})`),
    () => 130,
  );
  let counts = ONE_FAILED;
  shutdown.before(() => console.log(`\n${summaryLine(counts)}`));
  try {
    const { only, rest } = read();
    const folder = resolve(".data", "test");
    const reports = resolve(folder, "reports");
    mkdirSync(folder, { recursive: true });
    const waiting = () => console.log("Waiting for another run of the tests in this checkout to end");
    await withLock(resolve(folder, "lock"), waiting, async () => {
      rmSync(reports, { recursive: true, force: true });
      mkdirSync(reports, { recursive: true });
      const stages = Object.entries(staticStages(reports, rest)).filter(([name]) => only.some((it) => it === name));
      const checks = await runTogether(stages.map(([, stage]) => stage));
      // Named tests run on one stack, with their output as it comes.
      const halved = rest.length === 0 && only.includes("integration") ? only.filter((it) => HALVED.includes(it)) : [];
      // Both stacks need it, and only one can install it.
      if (halved.includes("browser")) await findChromium();
      const beside = halved.length > 0 ? runSecondStack(halved, reports) : Promise.resolve([]);
      const args = halved.length > 0 ? FIRST_STACK : { integration: rest, browser: rest };
      const [first, second] = await Promise.all([
        runOnStack({ only, args, beforeBudget: beside, reports, shutdown }),
        beside,
      ]);
      counts = sum([...checks, ...first].concat(second));
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  await shutdown.end(counts.failed > 0 ? 1 : 0);
}
