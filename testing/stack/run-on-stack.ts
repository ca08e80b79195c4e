import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Shutdown } from "@/server/process/shutdown";
import type { StageName } from "./arguments";
import { budgetStage } from "./budget-stage";
import { type Counts, ONE_FAILED } from "./counts";
import { playwrightStage } from "./playwright-stage";
import { runStage, type Stage } from "./stage";
import { startTestStack, type TestStack } from "./test-stack";
import { vitestStage } from "./vitest-stage";

interface RunOnStack {
  only: StageName[];
  /** Additional arguments of the integration and the browser tests. */
  args: Record<"integration" | "browser", string[]>;
  /** What the budget waits for: it minds a busy machine. */
  beforeBudget?: Promise<unknown>;
  reports: string;
  shutdown: Shutdown;
}

/** Runs the tests that need services on their own stack in a temporary folder. Keeps its logs if one fails. */
export async function runOnStack({ only, args, beforeBudget, reports, shutdown }: RunOnStack): Promise<Counts[]> {
  const wanted = (["integration", "browser", "budget"] as const).filter((name) => only.includes(name));
  if (wanted.length === 0) return [];
  const dataDir = mkdtempSync(join(tmpdir(), "penstock-test-"));
  let good = false;
  shutdown.before(() => cleanUp(dataDir, good));

  let stack: TestStack | undefined;
  const bringUp: Stage = {
    name: "Build the app and bring up a stack of its own",
    run: async () => {
      stack = await startTestStack(dataDir, shutdown);
      return { counts: { passed: 1, failed: 0, skipped: 0 }, output: "" };
    },
  };
  const counts = [await runStage(bringUp)];
  // Without a stack, all of these tests fail.
  if (!stack) return [...counts, ...wanted.map(() => ONE_FAILED)];
  const { env, deaths, fill } = stack;
  const stages: Record<(typeof wanted)[number], Stage> = {
    integration: vitestStage({
      name: "Integration tests",
      project: "integration",
      reports,
      env,
      show: true,
      args: args.integration,
    }),
    browser: playwrightStage({ reports, env, args: args.browser, fill }),
    budget: budgetStage({ reports, env }),
  };
  for (const name of wanted) {
    if (name === "budget") await beforeBudget;
    counts.push(await runStage(stages[name]));
  }
  if (deaths.length > 0) {
    console.log(`\nNot all of the stack lived through the tests:\n${deaths.join("\n")}`);
    counts.push(ONE_FAILED);
  }
  good = counts.every(({ failed }) => failed === 0);
  return counts;
}

function cleanUp(dataDir: string, good: boolean): void {
  const kept = good ? [] : ["logs"];
  for (const name of readdirSync(dataDir)) {
    if (!kept.includes(name)) rmSync(join(dataDir, name), { recursive: true, force: true });
  }
  if (good) rmSync(dataDir, { recursive: true, force: true });
  else console.log(`\nLogs of the stack: ${join(dataDir, "logs")}`);
}
