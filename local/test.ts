import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { readArguments } from "./checks/arguments";
import { ONE_FAILED, sum, summaryLine } from "./checks/counts";
import { runOnStack } from "./checks/run-on-stack";
import { runTogether } from "./checks/stage";
import { staticStages } from "./checks/static-stages";
import { withLock } from "./parts/lock";
import { makeShutdown } from "./run/shutdown";

/**
 * `npm test`: every check and every test, those that need services on a stack of their own. The last line sums up all
 * runners, alone on its line, after everything has been taken down.
 */
async function main(): Promise<void> {
  const shutdown = makeShutdown(
    (reason) => console.log(`\nEnding the tests (${reason})`),
    () => 130,
  );
  let counts = ONE_FAILED;
  shutdown.before(() => console.log(`\n${summaryLine(counts)}`));
  try {
    const { only, rest } = readArguments(process.argv.slice(2));
    const folder = resolve(".data", "test");
    const reports = resolve(folder, "reports");
    mkdirSync(folder, { recursive: true });
    const waiting = () => console.log("Waiting for another run of the tests in this checkout to end");
    await withLock(resolve(folder, "lock"), waiting, async () => {
      rmSync(reports, { recursive: true, force: true });
      mkdirSync(reports, { recursive: true });
      const stages = Object.entries(staticStages(reports, rest)).filter(([name]) => only.some((it) => it === name));
      const checks = await runTogether(stages.map(([, stage]) => stage));
      counts = sum([...checks, ...(await runOnStack({ only, rest, reports, shutdown }))]);
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  await shutdown.end(counts.failed > 0 ? 1 : 0);
}

void main();
