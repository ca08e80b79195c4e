import { defineConfig } from "@playwright/test";

/** Browser tests run against the app at PENSTOCK_WEB, which `npm test` starts. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  // All tests share one app and one database, on two cores.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: process.env.PENSTOCK_WEB,
    // Continuous screenshots cost a core; a failing test keeps its last one anyway.
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
