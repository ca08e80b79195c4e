import { readdirSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "@/testing/browser/test";

/** Every page without an id in its path. */
const PAGES = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)page\.tsx$/.test(file) && !file.includes("["))
  .map((file) => `/${file.replace(/\(\w+\)\//, "").replace(/\/?page\.tsx$/, "")}`)
  .sort();

interface Violations {
  violations: string[];
}

/** Records all violations of the page's policy from the start. */
async function watch(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const noted = window as unknown as Violations;
    noted.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      noted.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  const console: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy|hydrat/i.test(message.text())) console.push(message.text());
  });
  return async () => [...(await page.evaluate(() => (window as unknown as Violations).violations)), ...console];
}

const settled = async (page: Page) => {
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
};

for (const theme of ["light", "dark"] as const) {
  test(`no page breaks its policy in the ${theme} theme`, async ({ page }) => {
    const violations = await watch(page);
    await page.addInitScript((name) => localStorage.setItem("theme", name), theme);
    expect(PAGES.length).toBeGreaterThan(5);
    for (const path of PAGES) {
      await page.goto(path);
      await settled(page);
      await expect(page.locator("html")).toHaveClass(new RegExp(theme));
      expect(await violations(), path).toEqual([]);
    }
  });
}

test("menus, dialogs, selects and toasts keep the policy too", async ({ page, api }) => {
  const violations = await watch(page);
  const { id, name } = await api.createExport();
  await page.goto(`/exports/${id}`);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.getByRole("button", { name: "Create historic export" }).click();
  await expect(page.getByRole("dialog", { name: "Create historic export" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Color theme" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveClass(/dark/);
  await page.goto("/exports/new");
  await page.getByRole("combobox").first().click();
  await expect(page.getByRole("option").first()).toBeVisible();
  expect(await violations()).toEqual([]);
});

test("a script that was smuggled into a page does not run", async ({ page }) => {
  await page.route("**/sign-in", async (route) => {
    const response = await route.fetch();
    const html = (await response.text()).replace("</body>", "<script>window.smuggled = 'inline'</script></body>");
    await route.fulfill({ response, body: html });
  });
  const violations = await watch(page);
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await settled(page);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", `<img src="/nowhere.png" onerror="window.smuggled = 'handler'">`);
    const link = document.body.appendChild(document.createElement("a"));
    link.href = "javascript:window.smuggled='link'";
    link.click();
  });
  await expect.poll(async () => (await violations()).filter((it) => it.startsWith("script-src"))).toHaveLength(3);
  expect(await page.evaluate(() => (window as unknown as { smuggled?: string }).smuggled)).toBeUndefined();
});
