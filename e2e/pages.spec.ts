import { nameless } from "@/testing/browser/nameless";
import { sideways } from "@/testing/browser/sideways";
import { expect, test } from "@/testing/browser/test";

const PAGES = [
  { path: "/exports", heading: "Exports" },
  { path: "/exports/new", heading: "New export" },
  { path: "/connections", heading: "Connections" },
  { path: "/connections/new", heading: "New connection" },
  { path: "/activity", heading: "Activity" },
  ...["organization", "members", "projects", "api-keys", "alerts", "audit-log", "mails"].map((name) => ({
    path: `/settings/${name}`,
    heading: "Settings",
  })),
  { path: "/account", heading: "Your account" },
];

test.describe("at the width of a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  // Gives each page something to show.
  test.beforeAll(({ api }) => api.createExport());

  for (const { path, heading } of PAGES) {
    test(`${path} fits, has one heading and names all its controls`, async ({ page }) => {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
      await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
      await expect(page.getByRole("main")).toBeVisible();
      expect(await sideways(page)).toBe(0);
      expect(await nameless(page)).toEqual([]);
    });
  }

  test("a connection and its policy fit", async ({ page, api }) => {
    const { id, name } = await api.createConnection();
    await page.goto(`/connections/${id}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
    expect(await sideways(page)).toBe(0);
    expect(await nameless(page)).toEqual([]);
    await page.getByRole("button", { name: "Generate policy" }).click();
    await expect(page.getByRole("dialog").getByRole("tab", { name: "IAM policy" })).toBeVisible();
    expect(await sideways(page)).toBe(0);
  });

  test("an export and its historic modal fit, and the navigation opens", async ({ page, api }) => {
    const { id, name } = await api.createExport();
    await page.goto(`/exports/${id}`);
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    expect(await sideways(page)).toBe(0);
    await page.getByRole("button", { name: "Create historic export" }).click();
    await expect(page.getByRole("dialog", { name: "Create historic export" })).toBeVisible();
    expect(await sideways(page)).toBe(0);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Open navigation" }).click();
    await page.getByRole("link", { name: "Connections" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Connections" })).toBeVisible();
  });
});

test("what isn't there says so", async ({ page }) => {
  await page.goto("/exports/00000000-0000-4000-8000-000000000000");
  await expect(page.getByRole("alert").filter({ hasText: "Couldn’t load this export" })).toBeVisible();
  await page.goto("/nowhere");
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
});

test("the theme can be chosen", async ({ page }) => {
  await page.goto("/exports");
  await page.getByRole("button", { name: "Color theme" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveClass(/dark/);
});
