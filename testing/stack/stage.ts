import pMap from "p-map";
import { type Counts, ONE_FAILED, ONE_PASSED } from "./counts";
import { runCommand } from "./run-command";

export interface StageResult {
  counts: Counts;
  /** Output below its heading; empty if already shown or if there is none. */
  output: string;
}

export interface Stage {
  name: string;
  run(): Promise<StageResult>;
}

/** A check that passes or fails as a whole; shows its output only on failure. */
export function check(name: string, command: string, args: string[]): Stage {
  return {
    name,
    run: async () => {
      const { code, output } = await runCommand(command, args);
      return code === 0 ? { counts: ONE_PASSED, output: "" } : { counts: ONE_FAILED, output };
    },
  };
}

/** Runs a stage that streams its own output. An exception counts as one failure. */
export async function runStage(stage: Stage): Promise<Counts> {
  const started = Date.now();
  console.log(`\n== ${stage.name}`);
  return report(await attempt(stage), Date.now() - started);
}

/** Runs independent stages, two at a time, and prints them in order. */
export async function runTogether(stages: Stage[]): Promise<Counts[]> {
  const results = await pMap(
    stages,
    async (stage) => {
      const started = Date.now();
      return { result: await attempt(stage), ms: Date.now() - started };
    },
    { concurrency: 2 },
  );
  return results.map(({ result, ms }, index) => {
    console.log(`\n== ${stages[index]?.name}`);
    return report(result, ms);
  });
}

async function attempt(stage: Stage): Promise<StageResult> {
  try {
    return await stage.run();
  } catch (error) {
    return { counts: ONE_FAILED, output: error instanceof Error ? error.message : String(error) };
  }
}

// Worded differently from the very last line, which must be unique.
function report({ counts, output }: StageResult, ms: number): Counts {
  if (output.trim()) console.log(output.trimEnd());
  const { passed, failed, skipped } = counts;
  const left = skipped > 0 ? `, ${skipped} left out` : "";
  console.log(`   ${failed > 0 ? "FAILED" : "ok"}: ${passed} good, ${failed} bad${left} (${(ms / 1000).toFixed(1)} s)`);
  return counts;
}
