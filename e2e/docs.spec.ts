import type { Page } from "@playwright/test";
import packageJson from "@/package.json" with { type: "json" };
import { violations } from "@/testing/browser/axe";
import { sideways } from "@/testing/browser/sideways";
import { SIGNED_OUT } from "@/testing/browser/sign-in";
import { expect, test } from "@/testing/browser/test";

const PAGES = [
  { path: "/docs", heading: "Documentation" },
  { path: "/docs/operations", heading: "Operations" },
  { path: "/docs/architecture", heading: "Architecture" },
  { path: "/docs/verify", heading: "Verify receipts" },
  { path: "/docs/operations/lost-password", heading: "Lost passwords" },
  { path: "/docs/decisions", heading: "Decisions" },
  { path: "/docs/project/changelog", heading: "Changelog" },
  { path: "/api/docs", heading: "API reference" },
  { path: "/api/docs/exports", heading: "Exports" },
  { path: "/api/docs/schemas", heading: "Schemas" },
];

/** What the browser refuses or logs as an error. */
function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  return errors;
}

test.describe("read by anyone", () => {
  test.use({ storageState: SIGNED_OUT });

  for (const { path, heading } of PAGES)
    for (const colorScheme of ["light", "dark"] as const)
      test(`${path} has nothing that axe finds, in the ${colorScheme} theme`, async ({ page }) => {
        const errors = watchErrors(page);
        await page.emulateMedia({ colorScheme });
        const answer = await page.goto(path);
        expect(answer?.status()).toBe(200);
        expect(answer?.headers()["content-security-policy"]).toContain("'strict-dynamic'");
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
        await expect(page.locator("html")).toHaveClass(new RegExp(colorScheme));
        expect(await violations(page)).toEqual([]);
        expect(errors).toEqual([]);
      });

  test.describe("at the width of a phone", () => {
    test.use({ viewport: { width: 390, height: 844 } });
    for (const { path, heading } of PAGES)
      test(`${path} fits, and its contents open`, async ({ page }) => {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
        expect(await sideways(page)).toBe(0);
        await page.getByText("Contents", { exact: true }).click();
        await expect(page.getByRole("navigation", { name: "Contents" })).toBeVisible();
        expect(await sideways(page)).toBe(0);
        expect(await violations(page)).toEqual([]);
      });
  });

  test("links lead from page to page, to headings, and to files", async ({ page, request }) => {
    await page.goto("/docs");
    await page.getByRole("main").getByRole("link", { name: "Operations" }).click();
    await expect(page).toHaveURL(/\/docs\/operations$/);
    await page.getByRole("navigation", { name: "On this page" }).getByRole("link", { name: "Rotate the keys" }).click();
    await expect(page).toHaveURL(/#rotate-the-keys$/);
    await expect(page.getByRole("heading", { name: "Rotate the keys" })).toBeInViewport();
    await page.goto("/docs/operations/lost-keys");
    await page.getByRole("link", { name: "a rotation" }).click();
    await expect(page).toHaveURL(/\/docs\/operations#rotate-the-keys$/);
    await expect(page.getByRole("heading", { name: "Rotate the keys" })).toBeInViewport();
    const image = await request.get("/docs/files/images/receipt.png");
    expect(image.headers()["content-type"]).toBe("image/png");
    expect((await image.body()).subarray(1, 4).toString()).toBe("PNG");
    for (const path of ["/docs/files/images/none.png", "/docs/files/..%2fpackage.json", "/docs/none", "/api/docs/none"])
      expect((await request.get(path)).status(), path).toBe(404);
  });

  test("images show", async ({ page }) => {
    await page.goto("/docs/receipts");
    const images = page.getByRole("main").getByRole("img");
    await expect(images.first()).toBeAttached();
    for (const image of await images.all()) {
      await image.scrollIntoViewIfNeeded();
      await expect(image).toHaveJSProperty("complete", true);
      await expect(image).not.toHaveJSProperty("naturalWidth", 0);
    }
  });

  test("the reference says how to call an operation, and links its schemas", async ({ page, stack }) => {
    await page.goto("/api/docs");
    await page.getByRole("link", { name: /POST \/api\/projects\/\{projectId\}\/exports$/ }).click();
    await expect(page).toHaveURL(/\/api\/docs\/exports#createExport$/);
    const operation = page.getByRole("region", { name: "Create an export and its schedule" });
    await operation.getByText("Example request", { exact: true }).click();
    await expect(operation.getByText(`${stack.web}/api/projects/{projectId}/exports`).first()).toBeVisible();
    await operation.getByRole("link", { name: "CreateExport" }).first().click();
    await expect(page).toHaveURL(/\/api\/docs\/schemas#CreateExport$/);
    await expect(page.getByRole("heading", { name: "CreateExport" })).toBeInViewport();
  });

  test("the API itself still has its own policy, and unknown paths are no pages", async ({ request }) => {
    const openapi = await request.get("/api/openapi.json");
    expect(openapi.headers()["content-security-policy"]).toContain("sandbox");
    const unknown = await request.get("/api/docsx");
    expect(unknown.headers()["content-security-policy"]).toContain("sandbox");
    expect((await unknown.json()).error.code).toBe("not_found");
  });
});

test("the app's footer has its version to copy, and leads to the documentation", async ({ page }) => {
  await page.goto("/exports");
  const footer = page.getByRole("contentinfo");
  await expect(footer).toContainText(`Penstock ${packageJson.version}`);
  await page.evaluate(() => {
    Object.defineProperty(navigator, "clipboard", {
      value: { writeText: async (text: string) => document.body.setAttribute("data-copied", text) },
    });
  });
  await footer.getByRole("button", { name: "Copy version" }).click();
  await expect(page.locator("body")).toHaveAttribute(
    "data-copied",
    new RegExp(`^Penstock ${packageJson.version.replaceAll(".", "\\.")}( \\([0-9a-f]{8}\\))?$`),
  );
  await footer.getByRole("link", { name: "Documentation" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Documentation" })).toBeVisible();
  await page.getByRole("link", { name: "Open the app" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Exports" })).toBeVisible();
});
