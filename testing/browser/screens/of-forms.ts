import type { Page } from "@playwright/test";
import type { Screen } from "./screen";

const NEXT = "Next";

async function next(page: Page): Promise<void> {
  await page.getByRole("button", { name: NEXT, exact: true }).click();
}

/** Fills the steps of a new export until `step`, which is the number of presses on Next. */
const wizard = (name: string, presses: number): Screen => ({
  name,
  path: ({ exportId }) => `/exports/new?from=${exportId}`,
  reach: async (page) => {
    await page.getByLabel("Export name").waitFor();
    for (let n = 0; n < presses; n += 1) {
      const before = await page.getByRole("navigation", { name: "Steps" }).locator("[aria-current=step]").textContent();
      await next(page);
      await page
        .getByRole("navigation", { name: "Steps" })
        .locator("[aria-current=step]")
        .filter({ hasNotText: before ?? "" })
        .waitFor();
    }
  },
});

/** Forms: new exports and connections, and what refuses bad input. */
export const OF_FORMS: readonly Screen[] = [
  { name: "wizard-data", path: () => "/exports/new" },
  {
    name: "wizard-errors",
    path: () => "/exports/new",
    reach: async (page) => {
      await page.getByLabel("Export name").waitFor();
      await next(page);
      await page.locator("[aria-invalid=true]").first().waitFor();
    },
  },
  wizard("wizard-destination", 1),
  wizard("wizard-files", 2),
  wizard("wizard-schedule", 3),
  wizard("wizard-review", 4),
  { name: "wizard-first", as: "newcomer", path: () => "/exports/new" },
  { name: "wizard-viewer", as: "viewer", path: () => "/exports/new" },
  { name: "export-edit", path: ({ exportId }) => `/exports/${exportId}/edit` },
  { name: "connections", path: () => "/connections" },
  { name: "connections-none", as: "newcomer", path: () => "/connections" },
  { name: "connection", path: ({ connectionId }) => `/connections/${connectionId}` },
  {
    name: "connection-policy",
    path: ({ connectionId }) => `/connections/${connectionId}`,
    reach: async (page) => {
      await page.getByRole("button", { name: "Generate policy" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "connection-edit",
    path: ({ connectionId }) => `/connections/${connectionId}`,
    reach: async (page) => {
      await page.getByRole("main").getByRole("button", { name: /^Edit/ }).first().click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "connection-new", path: () => "/connections/new" },
  ...["PostgreSQL", "Snowflake", "BigQuery"].map((type) => ({
    name: `connection-new-${type.toLowerCase()}`,
    path: () => "/connections/new",
    reach: (page: Page) =>
      page
        .getByRole("radio", { name: new RegExp(type) })
        .first()
        .click(),
  })),
];
