import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { projects } from "@/lib/db/schema";
import { makeHistoric, makeRun } from "@/testing/api/make";
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

test("cancelled windows of a historic export are not called failed", async ({ page, api, stack }) => {
  const { id } = await api.createExport();
  const [project] = await getDb().select().from(projects).where(eq(projects.id, stack.projectId));
  const tenant = { ...project!, projectId: stack.projectId, key: stack.apiKey };
  const historicExportId = await makeHistoric(tenant, id, { windows: 2, state: "Cancelled" });
  for (const hour of [1, 2]) {
    const [intervalStart, intervalEnd] = [hour, hour + 1].map((at) => new Date(Date.UTC(2026, 0, 1, at)));
    await makeRun(tenant, id, {
      intervalStart: intervalStart!,
      intervalEnd: intervalEnd!,
      historicExportId,
      state: "Cancelled",
    });
  }
  await page.goto(`/exports/${id}?tab=historic`);
  const item = page.getByRole("list", { name: "Historic exports" }).getByRole("listitem");
  await expect(item).toContainText("2 canceled");
  await expect(item).not.toContainText("failed");
});

test("rows of old windows that were just written count as written, and just now", async ({ page, api, stack }) => {
  const { id } = await api.createExport();
  const [project] = await getDb().select().from(projects).where(eq(projects.id, stack.projectId));
  const finishedAt = new Date(Date.now() + 40_000);
  await makeRun({ ...project!, projectId: stack.projectId }, id, {
    intervalStart: new Date(Date.UTC(2026, 0, 1, 1)),
    intervalEnd: new Date(Date.UTC(2026, 0, 1, 2)),
    state: "Completed",
    rows: 1_200_000,
    finishedAt,
  });
  await page.goto(`/exports/${id}`);
  await expect(page.getByText("1,200,000", { exact: true }).first()).toBeVisible();
  // The database's clock may be ahead of this one.
  await expect(page.getByText("in less than a minute")).toHaveCount(0);
  await expect(page.getByText("just now").first()).toBeVisible();
});
