import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");
const INTEGRATION = "**/*.integration.test.ts";
const ISOLATED = "**/*.isolated.test.ts";
const OUTSIDE = [...configDefaults.exclude, ".data/**", ".next/**", "dist/**", "e2e/**"];

const UNIT = {
  // The default leaves a core free, which is half of a small machine.
  maxWorkers: "100%",
  // Only hangs should reach these: tests bundle workflows, which a busy disk makes slow.
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  resolve: { alias: { "@": root } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx,mjs}"],
          exclude: [...OUTSIDE, INTEGRATION, ISOLATED],
          // Most of the time would go to loading the same modules again.
          isolate: false,
          ...UNIT,
        },
      },
      {
        extends: true,
        // Tests that replace modules or the environment, which others must not see.
        test: { name: "unit-isolated", include: [ISOLATED], exclude: OUTSIDE, ...UNIT },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: [INTEGRATION],
          setupFiles: ["testing/integration-setup.ts"],
          expect: { poll: { timeout: 20_000 } },
          exclude: OUTSIDE,
          // All files share one stack and two cores, so they take turns.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
