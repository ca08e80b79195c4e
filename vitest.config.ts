import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");
const INTEGRATION = "**/*.integration.test.ts";
const OUTSIDE = [...configDefaults.exclude, ".data/**", ".next/**", "dist/**", "e2e/**"];

export default defineConfig({
  resolve: { alias: { "@": root } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx,mjs}"],
          exclude: [...OUTSIDE, INTEGRATION],
          // Only hangs should reach these: tests bundle workflows, which a busy disk makes slow.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: [INTEGRATION],
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
