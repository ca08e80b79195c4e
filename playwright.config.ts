import { defineConfig } from "@playwright/test";

const { CHROMIUM_PATH, PENSTOCK_WEB } = process.env;

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
    ...(PENSTOCK_WEB && { baseURL: PENSTOCK_WEB }),
    // Recording each step takes a good part of a core. To see the steps of a failing test: -- --trace on.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(CHROMIUM_PATH && { executablePath: CHROMIUM_PATH }),
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
