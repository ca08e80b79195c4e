import { expect, test } from "@/testing/browser/test";
import { hoursAgo, typed } from "@/testing/browser/time";

test("a historic export says its windows and rows before it is confirmed, and shows its progress", async ({
  page,
  api,
}) => {
  const { id } = await api.createExport();
  await page.goto(`/exports/${id}`);
  await page.getByRole("button", { name: "Create historic export" }).click();
  const dialog = page.getByRole("dialog", { name: "Create historic export" });
  await dialog.getByLabel("Start (UTC)").fill(typed(hoursAgo(1)));
  await dialog.getByLabel("End (UTC)").fill(typed(hoursAgo(4)));
  await expect(dialog.getByRole("alert").filter({ hasText: "Must be after the start" })).toBeVisible();

  await dialog.getByLabel("Start (UTC)").fill(typed(hoursAgo(4)));
  await dialog.getByLabel("End (UTC)").fill(typed(hoursAgo(1)));
  const confirm = dialog.getByRole("button", { name: "Export 3 windows" });
  await expect(confirm).toBeEnabled();
  await expect(dialog.getByRole("definition").nth(0)).toHaveText("3");
  await expect(dialog.getByRole("definition").nth(1)).toHaveText(/^[\d,]+$/);
  await confirm.click();

  const item = page.getByRole("list", { name: "Historic exports" }).getByRole("listitem");
  await expect(item).toContainText("3 of 3 windows completed", { timeout: 90_000 });
  await expect(item).toContainText("Completed");
});
