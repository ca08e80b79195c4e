import { join } from "node:path";
import { findChromium } from "./chromium";
import { type Counts, honest } from "./counts";
import { readCounts } from "./reports";
import { runCommand } from "./run-command";
import type { Stage } from "./stage";

/** Measures every page of the app at PENSTOCK_WEB against its budget; each page counts as one test. */
export function budgetStage({ reports, env }: { reports: string; env: Record<string, string> }): Stage {
  return {
    name: "Page budget",
    run: async () => {
      const file = join(reports, "budget.json");
      const { code } = await runCommand("tsx", ["testing/budget/main.ts", file], {
        env: { ...env, CHROMIUM_PATH: await findChromium() },
        show: true,
      });
      return {
        counts: honest(
          readCounts(file, (counts: Counts) => counts),
          code,
        ),
        output: "",
      };
    },
  };
}
