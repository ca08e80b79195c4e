import type { Page } from "@playwright/test";
import type { Screen } from "./screen";

const PAGES = [
  "organization",
  "members",
  "projects",
  "api-keys",
  "alerts",
  "audit-log",
  "source",
  "installation",
  "mails",
];

const dialog = (name: string, path: string, button: string | RegExp): Screen => ({
  name,
  path: () => path,
  reach: async (page: Page) => {
    await page.getByRole("main").getByRole("button", { name: button }).first().click();
    await page.getByRole("dialog").or(page.getByRole("alertdialog")).first().waitFor();
  },
});

/** The organization, the account, and the frame around every page. */
export const OF_SETTINGS: readonly Screen[] = [
  ...PAGES.map((page) => ({ name: `settings-${page}`, path: () => `/settings/${page}` })),
  ...PAGES.map((page) => ({ name: `settings-${page}-viewer`, as: "viewer" as const, path: () => `/settings/${page}` })),
  dialog("settings-invite", "/settings/members", /^Invite/),
  dialog("settings-new-key", "/settings/api-keys", /key$/),
  dialog("settings-new-channel", "/settings/alerts", /^Add/),
  { name: "account", path: () => "/account" },
  {
    name: "switcher",
    as: "newcomer",
    path: () => "/exports",
    reach: async (page) => {
      await page.getByRole("complementary").getByLabel("Switch organization or project").click();
      await page.getByRole("listbox").waitFor();
    },
  },
  {
    name: "user-menu",
    path: () => "/exports",
    reach: async (page) => {
      await page
        .getByRole("complementary")
        .getByRole("button", { name: /Account/ })
        .click();
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "navigation",
    path: () => "/exports",
    phone: true,
    reach: async (page) => {
      await page.getByRole("button", { name: "Open navigation" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "not-found", path: () => "/settings/nowhere" },
  { name: "not-a-member", path: () => "/o/00000000-0000-4000-8000-000000000000/settings/members" },
];

/** What anyone sees. */
export const SIGNED_OUT_SCREENS: readonly Screen[] = [
  { name: "sign-in", as: "nobody", path: () => "/sign-in" },
  {
    name: "sign-in-errors",
    as: "nobody",
    path: () => "/sign-in",
    reach: async (page) => {
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.locator("[aria-invalid=true]").first().waitFor();
    },
  },
  { name: "forgot-password", as: "nobody", path: () => "/forgot-password" },
  { name: "reset-password-invalid", as: "nobody", path: () => "/reset-password#token=none" },
  { name: "docs", as: "nobody", path: () => "/docs" },
  { name: "docs-page", as: "nobody", path: () => "/docs/receipts" },
  { name: "api-reference", as: "nobody", path: () => "/api/docs" },
  { name: "sign-up", as: "nobody", path: () => "/sign-up" },
  { name: "invitation-invalid", as: "nobody", path: () => "/invite#token=none" },
  { name: "verify", as: "nobody", path: () => "/verify" },
  { name: "not-found-signed-out", as: "nobody", path: () => "/nowhere" },
];
