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
        test: { name: "unit", include: ["**/*.test.{ts,tsx,mjs}"], exclude: [...OUTSIDE, INTEGRATION] },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: [INTEGRATION],
          exclude: OUTSIDE,
          // One stack and two cores for all of them: files take turns.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
