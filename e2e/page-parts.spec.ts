import type { Page } from "@playwright/test";
import { expect, test } from "@/testing/browser/test";

/** Requests to the API that a page sends while `act` runs. */
async function asked(page: Page, act: () => Promise<unknown>): Promise<string[]> {
  const paths: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/")) paths.push(pathname);
  });
  await act();
  return paths;
}

test.describe("the exports list", () => {
  test("comes with its document, and asks for nothing again", async ({ page, api }) => {
    const { name } = await api.createExport();
    const wrong: string[] = [];
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
    const paths = await asked(page, async () => {
      await page.goto("/exports", { waitUntil: "networkidle" });
      await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
    });
    expect(paths.filter((path) => path.endsWith("/me") || path.endsWith("/exports"))).toEqual([]);
    // React reports here what it had to render again because the server's differed.
    expect(wrong).toEqual([]);
  });

  test("shows before any script has loaded", async ({ page, api }) => {
    const { name } = await api.createExport();
    await page.route(/\/_next\/static\/.*\.js|\/api\//, (route) => route.abort());
    await page.goto("/exports");
    await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
  });
});

test.describe("a menu", () => {
  test("opens by the first click, and gives the focus back", async ({ page }) => {
    await page.goto("/exports", { waitUntil: "networkidle" });
    const trigger = page.getByRole("button", { name: "Color theme" });
    await trigger.click();
    await expect(page.getByRole("menuitemradio", { name: "Dark" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("menu")).toHaveCount(0);
    await expect(trigger).toBeFocused();
  });

  test("opens by the keyboard", async ({ page }) => {
    await page.goto("/exports", { waitUntil: "networkidle" });
    const trigger = page.getByRole("button", { name: "Color theme" });
    await trigger.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menu")).toBeVisible();
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("menuitemradio").and(page.locator(":focus"))).toHaveCount(1);
  });

  test("opens at the next click if its code could not be loaded", async ({ page, context }) => {
    await page.goto("/exports", { waitUntil: "networkidle" });
    await context.setOffline(true);
    await page.getByRole("button", { name: "Color theme" }).click();
    await context.setOffline(false);
    await expect(async () => {
      await page.getByRole("button", { name: "Color theme" }).click();
      await expect(page.getByRole("menuitemradio", { name: "Dark" })).toBeVisible({ timeout: 1000 });
    }).toPass();
  });
});

test("a form whose rules can't be loaded says so, and works once they can", async ({ page, context }) => {
  await page.goto("/account", { waitUntil: "networkidle" });
  const form = page.locator("form").filter({ has: page.getByLabel("Current password") });
  await form.getByLabel("Current password").fill("wrong");
  await context.setOffline(true);
  await form.getByRole("button").last().click();
  await expect(form.getByText("Couldn’t load this form’s rules")).toBeVisible();
  await context.setOffline(false);
  await form.getByRole("button").last().click();
  await expect(form.getByText("at least 12 characters").last()).toBeVisible();
  await expect(form.getByText("Couldn’t load this form’s rules")).toHaveCount(0);
});

test("a dialog whose code can't be loaded says so, and the page comes back", async ({ page, context }) => {
  await page.goto("/settings/members", { waitUntil: "networkidle" });
  await context.setOffline(true);
  await page.getByRole("button", { name: "Invite" }).click();
  const notice = page.getByRole("alert").filter({ hasText: "Couldn’t load part of this page" });
  await expect(notice).toBeVisible();
  await context.setOffline(false);
  await notice.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
});
