import type { Page } from "@playwright/test";
import { makeCheck, type NewCheck } from "@/testing/api/make-checks";
import type { Api } from "@/testing/browser/api";
import { choose } from "@/testing/browser/choose";
import { nameless } from "@/testing/browser/nameless";
import { pageAs } from "@/testing/browser/people";
import { sideways } from "@/testing/browser/sideways";
import { expect, test } from "@/testing/browser/test";
import { hoursAgo, typed } from "@/testing/browser/time";
import { makeCommitted } from "@/testing/browser/windows";

const late: NewCheck = { kind: "source", outcome: "late", look: "1h", found: { rows: 1203 } };
const shrunk: NewCheck = { kind: "source", outcome: "shrunk", look: "1d", found: { rows: 1100 } };
const missing: NewCheck = {
  kind: "destination",
  outcome: "missing",
  reason: "1 of 1 files is missing.",
  found: { rows: 0, missing: ["raw/2026/events-1.jsonl.gz"] },
};

const checksOf = (page: Page) => page.getByRole("list", { name: "Checks", exact: true }).locator("> li");

test("findings are listed with what to do, filtered, and lead to their windows and runs", async ({ page, api }) => {
  const { id } = await api.createExport({ checks: { onLate: "ask" } });
  const [first, second, third] = [await makeCommitted(id, 4), await makeCommitted(id, 3), await makeCommitted(id, 2)];
  const fourth = await makeCommitted(id, 1);
  await makeCheck(first, late);
  await makeCheck(second, shrunk);
  await makeCheck(third, missing);
  await makeCheck(fourth, { ...late, healRunId: third });
  await page.goto(`/exports/${id}?tab=checks`);
  const items = checksOf(page);
  await expect(items).toHaveCount(4);
  await expect(items.nth(0)).toContainText("Healed by a run");
  await expect(items.nth(0).getByRole("button", { name: /^Export/ })).toHaveCount(0);
  await expect(items.nth(1)).toContainText("1 of 1 files is missing.");
  await items.nth(1).locator("summary").click();
  await expect(items.nth(1).getByRole("list", { name: "Objects missing" })).toContainText("raw/2026/events-1.jsonl.gz");
  await expect(items.nth(1).getByRole("button", { name: /^Export the window again/ })).toBeVisible();
  await expect(items.nth(2)).toContainText("Rows in the receipt1,200");
  await expect(items.nth(2)).toContainText("Rows found1,100");
  await expect(items.nth(2)).toContainText("may be their only copy");
  await expect(items.nth(2).getByRole("button", { name: /^Export/ })).toHaveCount(0);
  await expect(items.nth(3)).toContainText("Source, 1 hour after the commit");
  await expect(items.nth(3).getByRole("button", { name: /^Export again with the late rows/ })).toBeVisible();

  await choose(page, "Outcome", "Shrunk");
  await expect(items).toHaveCount(1);
  await choose(page, "Kind", "Destination");
  await expect(page.getByRole("heading", { name: "No matching checks" })).toBeVisible();
  await page.getByRole("button", { name: "Show all checks" }).click();
  await items.nth(0).getByRole("button", { name: "open the run" }).click();
  await expect(page).toHaveURL(new RegExp(`run=${third}`));
  await expect(page.getByRole("dialog").getByText("Broken", { exact: true })).toBeVisible();
});

test("a window that lacks rows is exported again from its check", async ({ page, api }) => {
  const { id } = await api.createExport();
  await api.createHistoricExport(id, { start: hoursAgo(2), end: hoursAgo(1) });
  await expect.poll(async () => (await api.runs(id)).items[0]?.state, { timeout: 90_000 }).toBe("Completed");
  await makeCheck((await api.runs(id)).items[0]!.id, missing);
  await page.goto(`/exports/${id}?tab=checks`);
  await page.getByRole("button", { name: /^Export the window again/ }).click();
  await expect(page.getByText("New run started")).toBeVisible();
  await expect(checksOf(page)).toContainText("Repaired by a run", { timeout: 90_000 });
  await expect(page.getByRole("button", { name: /^Export the window again/ })).toHaveCount(0);
});

test("checks of a range are asked for, and their progress is shown", async ({ page, api }) => {
  const { id } = await api.createExport();
  await page.goto(`/exports/${id}?tab=checks`);
  await expect(page.getByRole("heading", { name: "No checks yet" })).toBeVisible();
  await page.getByRole("button", { name: "Check again…" }).click();
  const dialog = page.getByRole("dialog", { name: "Check again" });
  await expect(dialog.getByRole("radio")).toHaveCount(3);
  await dialog.getByRole("button", { name: "Start checks" }).click();
  await expect(dialog.getByRole("alert")).toContainText("No window in this range is committed");
  await makeCommitted(id, 2);
  await dialog.getByRole("radio", { name: /^Destination/ }).click();
  await dialog.getByLabel("From (UTC)").fill(typed(hoursAgo(1)));
  await dialog.getByLabel("To (UTC)").fill(typed(hoursAgo(3)));
  await dialog.getByRole("button", { name: "Start checks" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Must be after the start of the range.");
  await dialog.getByLabel("From (UTC)").fill(typed(hoursAgo(3)));
  await dialog.getByLabel("To (UTC)").fill(typed(hoursAgo(0)));
  await dialog.getByRole("button", { name: "Start checks" }).click();
  await expect(dialog).toBeHidden();
  const progress = page.getByRole("region", { name: "Requested checks" });
  await expect(progress).toContainText("Destination");
  await expect(progress).toContainText("of 1 window checked");
  await expect(page).toHaveURL(/check=/);
  await page.getByRole("button", { name: "Hide these checks" }).click();
  await expect(progress).toBeHidden();
});

test("a window shows its runs, receipt, and checks, by the keyboard alone", async ({ page, api }) => {
  const { id } = await api.createExport();
  const [first, second] = [await makeCommitted(id, 2), await makeCommitted(id, 1)];
  await makeCheck(first, missing);
  await makeCheck(second, { kind: "source", outcome: "unchanged", look: "1h" });
  await page.goto(`/exports/${id}`);
  const cells = page.getByRole("toolbar", { name: "Windows" }).getByRole("button");
  await expect(cells.nth(-2)).toHaveAccessibleName(/broken, 1,200 rows, last check: missing/);
  await cells.first().focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByRole("region", { name: "State" })).toContainText("Committed");
  await expect(drawer.getByRole("region", { name: "State" })).toContainText("Unchanged");
  await expect(page).toHaveURL(/window=/);
  await drawer.getByRole("button", { name: "Earlier window" }).click();
  await expect(drawer.getByRole("region", { name: "State" })).toContainText("Broken");
  await expect(drawer.getByRole("list", { name: "Checks of the window" })).toContainText("1 of 1 files is missing.");
  await drawer.getByRole("button", { name: /open the run/ }).click();
  await expect(page).toHaveURL(new RegExp(`run=${first}`));
  await expect(page).not.toHaveURL(/window=/);
  await page.goBack();
  await expect(drawer.getByRole("list", { name: "Runs of the window" })).toContainText("Broken");
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/window=/);
  await page.goto(`/exports/${id}?window=2020-01-01T00:30Z/2020-01-01T01:00Z`);
  await expect(drawer).toContainText("isn’t a window of the export’s schedule");
  await expect(drawer).toContainText("No run has exported this window.");
});

test("a viewer sees findings, and no button that acts on them", async ({ browser, api, stack }) => {
  const { id } = await api.createExport();
  await makeCheck(await makeCommitted(id, 1), missing);
  const page = await pageAs(browser, stack, "viewer");
  await page.goto(`/exports/${id}?tab=checks`);
  await expect(checksOf(page)).toContainText("Missing");
  await expect(page.getByRole("button", { name: /Check again|Export the window again/ })).toHaveCount(0);
  await page.context().close();
});

/** An export with a finding. */
async function withFinding(api: Api): Promise<string> {
  const { id } = await api.createExport();
  await makeCheck(await makeCommitted(id, 1), missing);
  return id;
}

test.describe("at the width of a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("checks, a window, and the dialog fit and name all their controls", async ({ page, api }) => {
    await page.goto(`/exports/${await withFinding(api)}?tab=checks`);
    await expect(checksOf(page)).toHaveCount(1);
    await page.getByText("What the outcomes mean").click();
    expect(await sideways(page)).toBe(0);
    expect(await nameless(page)).toEqual([]);
    await checksOf(page).getByRole("button", { name: /–/ }).first().click();
    const drawer = page.getByRole("dialog");
    await expect(drawer.getByRole("list", { name: "Checks of the window" })).toBeVisible();
    expect(await sideways(page)).toBe(0);
    expect(await nameless(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Check again…" }).click();
    await expect(page.getByRole("dialog", { name: "Check again" })).toBeVisible();
    expect(await sideways(page)).toBe(0);
  });
});
