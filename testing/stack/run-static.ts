import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeShutdown } from "@/server/process/shutdown";
import type { StageName } from "./arguments";
import { ONE_FAILED, sum, summaryLine } from "./counts";
import { runTogether } from "./stage";
import { staticStages } from "./static-stages";

/** Runs these of the stages that need no service, or all of them, and ends the process. The last line sums them up. */
export async function runStatic(only?: StageName[]): Promise<void> {
  const shutdown = makeShutdown(
    () => {},
    () => 130,
  );
  const reports = mkdtempSync(join(tmpdir(), "penstock-checks-"));
  let counts = ONE_FAILED;
  shutdown.before(() => console.log(`\n${summaryLine(counts)}`));
  shutdown.before(() => rmSync(reports, { recursive: true, force: true }));
  try {
    const stages = Object.entries(staticStages(reports)).filter(([name]) => !only || only.some((it) => it === name));
    counts = sum(await runTogether(stages.map(([, stage]) => stage)));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  await shutdown.end(counts.failed > 0 ? 1 : 0);
}
