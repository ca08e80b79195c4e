import { eq } from "drizzle-orm";
import { formatTime } from "@/lib/client/format";
import { getDb } from "@/lib/db/client";
import { exports } from "@/lib/db/schema";
import { expect, test } from "@/testing/browser/test";
import { hoursAgo, typed } from "@/testing/browser/time";

test("an export that has ended says so, and offers nothing that can't run", async ({ page, api }) => {
  const { id, name } = await api.createExport({ paused: false });
  const endAt = hoursAgo(3);
  await getDb()
    .update(exports)
    .set({ endAt: new Date(endAt) })
    .where(eq(exports.id, id));
  await page.goto("/exports");
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("Ended");
  await expect(row.getByRole("switch")).toHaveCount(0);

  await page.goto(`/exports/${id}`);
  await expect(page.getByRole("region", { name: "Why the schedule doesn’t run" })).toContainText(
    `Ended on ${formatTime(endAt)}`,
  );
  await expect(page.getByRole("switch", { name: "Automatic exports" })).toHaveCount(0);
  const run = page.getByRole("button", { name: "Run now" });
  await expect(run).toBeDisabled();
  await expect(run).toHaveAccessibleDescription(/^It ended on/);
  await page.screenshot({ path: test.info().outputPath("ended-1440.png") });

  await page.getByRole("button", { name: "Create historic export" }).click();
  const dialog = page.getByRole("dialog", { name: "Create historic export" });
  await expect(dialog.getByLabel("End (UTC)")).toHaveValue(typed(endAt));
  await dialog.getByLabel("End (UTC)").fill(typed(hoursAgo(1)));
  await dialog.getByLabel("Start (UTC)").fill(typed(hoursAgo(2)));
  await expect(dialog.getByText("Must be before the export's end date")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Export", exact: true })).toBeDisabled();
});
