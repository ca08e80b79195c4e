import type { Page } from "@playwright/test";
import { expect, test } from "@/testing/browser/test";

const CHUNKS = /\/_next\/static\/chunks\/.*\.js/;

/** Counts how often a document is loaded; the redirect before it is none. */
function countLoads(page: Page): () => number {
  let loads = 0;
  page.on("request", (request) => {
    // A redirect loads none.
    if (request.isNavigationRequest() && request.frame() === page.mainFrame() && !request.redirectedFrom()) loads += 1;
  });
  return () => loads;
}

/** Responds like a process that has another build: with 404 to one of the page's files, `times` times. */
async function loseChunk(page: Page, times: number) {
  let [lost, left] = ["", times];
  await page.route(CHUNKS, async (route) => {
    const { pathname } = new URL(route.request().url());
    lost ||= pathname;
    if (pathname !== lost || left === 0) return route.continue();
    if (route.request().method() === "GET") left -= 1;
    return route.fulfill({ status: 404, body: "" });
  });
}

test("a page whose file is gone is reloaded, and then works", async ({ page }) => {
  const loads = countLoads(page);
  await loseChunk(page, 1);
  await page.goto("/exports");
  await expect.poll(loads).toBe(2);
  const dark = page.getByRole("menuitemradio", { name: "Dark" });
  // The server renders the button, which does nothing before the page's files have run.
  await expect(async () => {
    if (!(await dark.isVisible())) await page.getByRole("button", { name: "Color theme" }).click();
    await expect(dark).toBeVisible({ timeout: 1_000 });
  }).toPass();
  expect(loads()).toBe(2);
});

test("a page whose file stays gone is reloaded once, not in a loop", async ({ page }) => {
  const loads = countLoads(page);
  await loseChunk(page, Number.POSITIVE_INFINITY);
  await page.goto("/exports");
  await expect.poll(loads).toBe(2);
  await page.waitForTimeout(3000);
  expect(loads()).toBe(2);
});

test("a link to a page of another build loads that page anew", async ({ page }) => {
  let changed = 0;
  // The data of a page names its build.
  await page.route(/[?&]_rsc=/, async (route) => {
    try {
      const response = await route.fetch();
      const text = await response.text();
      const other = text.replace(/"b":"[^"]+"/, '"b":"another-build"');
      if (other !== text) changed += 1;
      await route.fulfill({ response, body: other });
    } catch {
      // The page is gone that asked.
    }
  });
  await page.goto("/exports");
  const loads = countLoads(page);
  await page.getByRole("link", { name: "Connections" }).first().click();
  await expect(page).toHaveURL(/\/connections$/);
  await expect(page.getByRole("heading", { name: "Connections" }).first()).toBeVisible();
  expect(changed).toBeGreaterThan(0);
  await expect.poll(loads).toBe(1);
});
