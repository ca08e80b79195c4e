import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeShutdown } from "@/server/process/shutdown";
import { ONE_FAILED, sum, summaryLine } from "./stack/counts";
import { runTogether } from "./stack/stage";
import { staticStages } from "./stack/static-stages";

/** `npm run verify`: checks and unit tests, without any service. */
async function main(): Promise<void> {
  const shutdown = makeShutdown(
    () => {},
    () => 130,
  );
  const reports = mkdtempSync(join(tmpdir(), "penstock-verify-"));
  let counts = ONE_FAILED;
  shutdown.before(() => console.log(`\n${summaryLine(counts)}`));
  shutdown.before(() => rmSync(reports, { recursive: true, force: true }));
  try {
    counts = sum(await runTogether(Object.values(staticStages(reports))));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  await shutdown.end(counts.failed > 0 ? 1 : 0);
}

void main();
