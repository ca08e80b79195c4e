import { join } from "node:path";
import { honest } from "./counts";
import { readCounts, vitestCounts } from "./reports";
import { runCommand } from "./run-command";
import type { Stage } from "./stage";

interface VitestStage {
  name: string;
  /** Project in vitest.config.ts, with those whose names begin so. */
  project: "unit" | "integration";
  /** Folder for the report. */
  reports: string;
  env?: Record<string, string>;
  /** Stream the output. */
  show?: boolean;
  /** Additional arguments for Vitest. */
  args?: string[];
}

/** Runs one project of the Vitest configuration. */
export function vitestStage({ name, project, reports, args = [], ...options }: VitestStage): Stage {
  return {
    name,
    run: async () => {
      const file = join(reports, `${project}.json`);
      const report = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
      const { code, output } = await runCommand(
        "vitest",
        ["run", `--project=${project}*`, ...report, ...args],
        options,
      );
      const counts = honest(readCounts(file, vitestCounts), code);
      return { counts, output: counts.failed > 0 ? output : "" };
    },
  };
}
