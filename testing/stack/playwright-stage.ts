import { join } from "node:path";
import { findChromium } from "./chromium";
import { honest } from "./counts";
import { playwrightCounts, readCounts } from "./reports";
import { runCommand } from "./run-command";
import type { Stage } from "./stage";

interface PlaywrightStage {
  /** Folder for the report and for screenshots of failed tests. */
  reports: string;
  env: Record<string, string>;
  args: string[];
  /** Fills the source with data for the screens. */
  fill: () => Promise<void>;
}

/** Runs the browser tests against the app at PENSTOCK_WEB. */
export function playwrightStage({ reports, env, args, fill }: PlaywrightStage): Stage {
  return {
    name: "Browser tests",
    run: async () => {
      const file = join(reports, "browser.json");
      await fill();
      const { code } = await runCommand(
        "playwright",
        ["test", "--reporter=list,json", `--output=${join(reports, "browser")}`, ...args],
        {
          // Playwright sets FORCE_COLOR in its workers; with NO_COLOR too, Node warns.
          env: { NO_COLOR: undefined, ...env, CHROMIUM_PATH: await findChromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: file },
          show: true,
        },
      );
      return { counts: honest(readCounts(file, playwrightCounts), code), output: "" };
    },
  };
}
