import type { Page } from "@playwright/test";
import type { Screen } from "./screen";

const tab = (name: string): Screen => ({
  name: `export-${name}`,
  path: ({ exportId }) => `/exports/${exportId}?tab=${name}`,
});

const run = (name: string): Screen => ({
  name: `run-${name}`,
  path: ({ exportId, runId }) => `/exports/${exportId}?run=${runId}&view=${name}`,
  reach: (page) => page.getByRole("dialog").getByRole("tabpanel").waitFor(),
});

const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole("main").getByRole("button", { name }).first().click();

/** Exports, their runs, and their receipts. */
export const OF_EXPORTS: readonly Screen[] = [
  { name: "exports", path: () => "/exports" },
  { name: "exports-none", as: "newcomer", path: () => "/exports" },
  { name: "exports-viewer", as: "viewer", path: () => "/exports" },
  {
    name: "exports-menu",
    path: () => "/exports",
    reach: async (page) => {
      await press(/^Actions/)(page);
      await page.getByRole("menu").waitFor();
    },
  },
  ...["runs", "charts", "historic", "receipts", "checks", "read", "settings"].map(tab),
  { name: "export-viewer", as: "viewer", path: ({ exportId }) => `/exports/${exportId}` },
  { name: "export-missing", path: () => "/exports/00000000-0000-4000-8000-000000000000" },
  {
    name: "export-delete",
    path: ({ exportId }) => `/exports/${exportId}`,
    reach: async (page) => {
      await press("More actions")(page);
      await page.getByRole("menuitem", { name: /Delete/ }).click();
      await page.getByRole("alertdialog").or(page.getByRole("dialog")).first().waitFor();
    },
  },
  {
    name: "export-historic-dialog",
    path: ({ exportId }) => `/exports/${exportId}`,
    reach: async (page) => {
      await press("Create historic export")(page);
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "export-check-dialog",
    path: ({ exportId }) => `/exports/${exportId}?tab=checks`,
    reach: async (page) => {
      await press(/^Check again/)(page);
      await page.getByRole("dialog").waitFor();
    },
  },
  ...["overview", "timeline", "files", "receipt", "read", "log"].map(run),
  {
    name: "run-failed",
    path: ({ exportId, failedRunId }) => `/exports/${exportId}?run=${failedRunId}`,
    reach: (page) => page.getByRole("dialog").getByRole("tabpanel").waitFor(),
  },
  {
    name: "certificate",
    path: ({ exportId }) => {
      const to = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
      const from = new Date(to.getTime() - 10 * 3_600_000);
      return `/exports/${exportId}/certificate?from=${from.toISOString()}&to=${to.toISOString()}`;
    },
  },
  { name: "activity", path: () => "/activity" },
  { name: "activity-filtered", path: () => "/activity?state=Cancelled" },
  { name: "activity-none", as: "newcomer", path: () => "/activity" },
];
