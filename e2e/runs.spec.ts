import { expect, test } from "./support/test";
import { hoursAgo } from "./support/time";

test("retry makes a new Completed run of the same interval", async ({ page, api }) => {
  const { id } = await api.createExport();
  await api.createHistoricExport(id, { start: hoursAgo(2), end: hoursAgo(1) });
  await page.goto(`/exports/${id}`);
  const completed = page.getByRole("row").filter({ hasText: "Completed" });
  await expect(completed).toHaveCount(1, { timeout: 90_000 });
  await completed.getByRole("button", { name: /^Retry the run of/ }).click();
  await expect(completed).toHaveCount(2, { timeout: 90_000 });
  await expect(completed.first()).toContainText("Retry");
});

test("a run opens, is read and closes by the keyboard alone", async ({ page, api }) => {
  const { id } = await api.createExport();
  await api.createHistoricExport(id, { start: hoursAgo(2), end: hoursAgo(1) });
  await page.goto(`/exports/${id}`);
  await expect(page.getByRole("row").filter({ hasText: "Completed" })).toHaveCount(1, { timeout: 90_000 });
  const opener = page.getByRole("table", { name: "Runs" }).getByRole("button").first();
  await page.getByRole("combobox", { name: "Show runs by state" }).focus();
  await page.keyboard.press("Tab");
  await expect(opener).toBeFocused();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByText("Completed")).toBeVisible();
  await expect(page).toHaveURL(/run=/);

  await drawer.getByRole("tab", { name: "Overview" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(drawer.getByRole("list", { name: "Files" })).toContainText(".jsonl.gz");
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(page).not.toHaveURL(/run=/);
  await expect(opener).toBeFocused();
});

test("an export is resumed, paused and deleted by its name", async ({ page, api }) => {
  const { id, name } = await api.createExport();
  await page.goto(`/exports/${id}`);
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("Paused", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByRole("button", { name: "Delete export" })).toBeDisabled();
  await dialog.getByLabel("Type the export’s name to confirm").fill(name);
  await dialog.getByRole("button", { name: "Delete export" }).click();
  await expect(page).toHaveURL(/\/exports$/);
  await expect(page.getByRole("heading", { level: 1, name: "Exports" })).toBeVisible();
  await expect(page.getByRole("link", { name, exact: true })).toBeHidden();
});
