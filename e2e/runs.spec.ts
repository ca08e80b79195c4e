import { choose } from "@/testing/browser/choose";
import { downloadBy } from "@/testing/browser/download";
import { expect, test } from "@/testing/browser/test";
import { hoursAgo } from "@/testing/browser/time";

test("retry makes a new Completed run of the same interval, and the old receipt leads to it", async ({ page, api }) => {
  const { id } = await api.createExport();
  await api.createHistoricExport(id, { start: hoursAgo(2), end: hoursAgo(1) });
  await page.goto(`/exports/${id}`);
  const completed = page.getByRole("row").filter({ hasText: "Completed" });
  await expect(completed).toHaveCount(1, { timeout: 90_000 });
  await completed.getByRole("button", { name: /^Retry the run of/ }).click();
  await expect(completed).toHaveCount(2, { timeout: 90_000 });
  await expect(completed.first()).toContainText("Retry");

  await completed.last().getByRole("button", { name: /–/ }).first().click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("tab", { name: "Receipt" }).click();
  const compared = drawer.getByText("compared the size and ETag of each with what it sent");
  await expect(compared).toBeVisible();
  await expect(drawer.getByText("A later run replaced this receipt.")).toBeVisible();
  await drawer.getByRole("button", { name: "Open the later run" }).click();
  const [later] = (await api.runs(id)).items;
  await expect(page).toHaveURL(new RegExp(`run=${later?.id}`));
  await expect(drawer.getByRole("definition").filter({ hasText: /^Retry$/ })).toBeVisible();
  await drawer.getByRole("tab", { name: "Receipt" }).click();
  await expect(compared).toBeVisible();
  await expect(drawer.getByText("A later run replaced this receipt.")).toBeHidden();
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
  // Past the timeline.
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(drawer.getByRole("list", { name: "Files" })).toContainText(".jsonl.gz");
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(page).not.toHaveURL(/run=/);
  await expect(opener).toBeFocused();
});

test("a link out of a mail opens the run and asks whether to retry it", async ({ page, api }) => {
  const { id } = await api.createExport();
  await api.createHistoricExport(id, { start: hoursAgo(2), end: hoursAgo(1) });
  await expect.poll(async () => (await api.runs(id)).items[0]?.state, { timeout: 90_000 }).toBe("Completed");
  const run = (await api.runs(id)).items[0]?.id;
  await page.goto(`/exports/${id}?run=${run}&retry=1`);
  const question = page.getByRole("alertdialog", { name: "Retry this run?" });
  await expect(question.getByRole("button", { name: "Retry the run" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(question).toBeHidden();
  await expect(page).not.toHaveURL(new RegExp(`retry=|${run}`));
  await expect(page.getByRole("dialog").getByText("Completed")).toBeVisible({ timeout: 90_000 });
  await expect.poll(async () => (await api.runs(id)).items.length).toBe(2);
});

test("a run's log is found by level and text, and downloaded as it is shown", async ({ page, api }) => {
  const { id } = await api.createExport();
  await api.createHistoricExport(id, { start: hoursAgo(2), end: hoursAgo(1) });
  await expect.poll(async () => (await api.runs(id)).items[0]?.state, { timeout: 90_000 }).toBe("Completed");
  await page.goto(`/exports/${id}?run=${(await api.runs(id)).items[0]?.id}`);
  await page.getByRole("dialog").getByRole("tab", { name: "Log" }).click();
  const rows = page.getByRole("log", { name: "Log" }).locator("tbody tr");
  await expect(rows).not.toHaveCount(0);
  const all = await rows.count();
  await page.getByLabel("Find in the log").fill("manifest");
  await expect.poll(() => rows.count()).toBeLessThan(all);
  for (const text of await rows.allTextContents()) expect(text.toLowerCase()).toContain("manifest");
  const shown = await rows.count();

  const { text } = await downloadBy(page, page.getByRole("link", { name: "Download" }));
  expect(text.trim().split("\n")).toHaveLength(shown);

  await choose(page, "Show lines by level", "Errors only");
  await expect(page.getByText("No matching lines")).toBeVisible();
});
