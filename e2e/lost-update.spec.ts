import type { Page } from "@playwright/test";
import { unique } from "@/testing/browser/api";
import { sideways } from "@/testing/browser/sideways";
import { expect, test } from "@/testing/browser/test";

const openEdit = async (page: Page, id: string) => {
  await page.goto(`/exports/${id}/edit`);
  await expect(page.getByRole("button", { name: "Save changes" })).toBeEnabled();
};

const conflictOf = (page: Page) => page.getByRole("alert").filter({ hasText: "Someone else changed this" });

test("two tabs that edit one export lose nothing: the second applies its changes to the new version", async ({
  page,
  api,
}) => {
  const { id } = await api.createExport();
  const other = await page.context().newPage();
  await openEdit(page, id);
  await openEdit(other, id);
  await page.getByLabel("Pause after failures in a row").fill("9");
  await page.getByLabel("Export name").fill(unique("first"));
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(new RegExp(`/exports/${id}$`));

  const mine = unique("second, last");
  await other.getByLabel("Export name").fill(mine.replace("last", "first"));
  await other.getByRole("button", { name: "Save changes" }).click();
  const conflict = conflictOf(other);
  await expect(conflict).toContainText("Name");
  await expect(conflict).toContainText(mine.replace("last", "first"));
  await expect(conflict).toContainText("Pause after failures in a row");
  await expect(conflict).toContainText("You didn’t change it");
  await expect(other.getByRole("button", { name: "Save changes" })).toBeDisabled();
  await other.setViewportSize({ width: 1440, height: 900 });
  await other.screenshot({ path: test.info().outputPath("conflict-1440.png") });
  await other.setViewportSize({ width: 390, height: 844 });
  expect(await sideways(other)).toBe(0);
  await conflict.getByRole("button", { name: "Apply mine to the new version" }).scrollIntoViewIfNeeded();
  await other.screenshot({ path: test.info().outputPath("conflict-390.png") });
  // What is typed meanwhile is mine too.
  await other.getByLabel("Export name").fill(mine);
  await conflict.getByRole("button", { name: "Apply mine to the new version" }).click();
  await expect(other).toHaveURL(new RegExp(`/exports/${id}$`));
  await openEdit(page, id);
  await expect(page.getByLabel("Export name")).toHaveValue(mine);
  await expect(page.getByLabel("Pause after failures in a row")).toHaveValue("9");
});

test("mine can be discarded, and a pause in another tab is no conflict", async ({ page, api }) => {
  const { id } = await api.createExport();
  await openEdit(page, id);
  const theirs = unique("theirs");
  await api.patchExport(id, { name: theirs });
  await page.getByLabel("Export name").fill(unique("mine"));
  await page.getByRole("button", { name: "Save changes" }).click();
  await conflictOf(page).getByRole("button", { name: "Discard mine" }).click();
  await expect(page.getByLabel("Export name")).toHaveValue(theirs);

  await api.patchExport(id, { paused: false });
  const mine = unique("mine after all");
  await page.getByLabel("Export name").fill(mine);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { level: 1, name: mine })).toBeVisible();
  await expect(page.getByRole("switch", { name: "Automatic exports" })).toBeChecked();
});

test("two tabs that edit one connection lose nothing", async ({ page, api }) => {
  const { id } = await api.createConnection();
  const other = await page.context().newPage();
  for (const tab of [page, other]) {
    await tab.goto(`/connections/${id}`);
    await tab.getByRole("button", { name: "Edit", exact: true }).click();
  }
  const theirs = unique("first");
  await page.getByLabel("Connection name").fill(theirs);
  await page.getByRole("button", { name: "Save and verify" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(theirs);

  const folder = `e2e/${crypto.randomUUID()}/`;
  await other.getByLabel("Folder (optional)").fill(folder);
  await other.getByRole("button", { name: "Save and verify" }).click();
  const conflict = conflictOf(other);
  await expect(conflict).toContainText(theirs);
  await other.screenshot({ path: test.info().outputPath("conflict-connection.png") });
  await conflict.getByRole("button", { name: "Apply mine to the new version" }).click();
  await expect(other.getByRole("heading", { level: 1 })).toContainText(theirs);
  await expect(other.getByText(folder).first()).toBeVisible();
});
