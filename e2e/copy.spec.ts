import { expect, test } from "@/testing/browser/test";

/** As over plain HTTP. What was copied can still be read. */
function withoutClipboard() {
  Object.assign(window, { kept: navigator.clipboard });
  Object.defineProperty(Navigator.prototype, "clipboard", { get: () => undefined });
}

test.beforeEach(async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.addInitScript(withoutClipboard);
});

test("texts are copied without the clipboard that only secure pages have", async ({ page, api, stack }) => {
  const { id } = await api.createConnection();
  await page.goto(`/connections/${id}`);
  await page.getByRole("button", { name: "Generate policy" }).click();
  const dialog = page.getByRole("dialog", { name: "Policy" });
  await dialog.getByRole("button", { name: "Copy the IAM policy" }).click();
  await expect(dialog.getByRole("button", { name: "Copied" })).toBeFocused();
  const copied = await page.evaluate(() => (window as unknown as { kept: Clipboard }).kept.readText());
  expect(copied).toContain(`arn:aws:s3:::${stack.s3.bucket}/`);
});

test("a browser that refuses to copy says what to do instead", async ({ page, api }) => {
  const { id } = await api.createConnection();
  await page.goto(`/connections/${id}`);
  await page.evaluate(() => {
    document.execCommand = () => false;
  });
  await page.getByRole("button", { name: "Generate policy" }).click();
  await page.getByRole("button", { name: "Copy the IAM policy" }).click();
  await expect(page.getByText("Your browser doesn’t allow copying.")).toBeVisible();
});
