import { expect, test } from "@/testing/browser/test";

test.use({ locale: "en-US", timezoneId: "America/New_York" });

test("date fields are in UTC and 24 hours, whatever the browser's locale", async ({ page, api }) => {
  const { id } = await api.createExport({ startAt: "2026-03-29T14:05:00Z" });
  await page.goto(`/exports/${id}/edit`);
  const start = page.getByLabel(/^Start.*UTC/).first();
  await expect(start).toHaveValue("2026-03-29 14:05");
  await start.fill("2026-03-30 23:30");
  // No time: the value stays, and comes back.
  await start.fill("2026-03-30 23:3");
  await start.blur();
  await expect(start).toHaveValue("2026-03-30 23:30");
  await start.scrollIntoViewIfNeeded();
  await page.screenshot({ path: test.info().outputPath("date-field-1280.png") });
  await page.setViewportSize({ width: 390, height: 844 });
  await start.scrollIntoViewIfNeeded();
  await page.screenshot({ path: test.info().outputPath("date-field-390.png") });
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(new RegExp(`/exports/${id}$`));
  await page.goto(`/exports/${id}/edit`);
  await expect(start).toHaveValue("2026-03-30 23:30");
});

test("a condition needs a value", async ({ page, api }) => {
  const { id } = await api.createExport();
  await page.goto(`/exports/${id}/edit`);
  await page.getByRole("button", { name: "Add condition" }).click();
  await page.getByLabel("Property", { exact: true }).fill("plan");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Enter a value" })).toBeVisible();
});
