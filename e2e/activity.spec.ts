import { choose } from "@/testing/browser/choose";
import { expect, test } from "@/testing/browser/test";
import { hoursAgo } from "@/testing/browser/time";

test("a request is found by its id, is done, and opens its run", async ({ page, api }) => {
  const { id, name } = await api.createExport();
  await api.createHistoricExport(id, { start: hoursAgo(3), end: hoursAgo(1) });
  await page.goto(`/activity?exportId=${id}`);
  const rows = page.getByRole("table", { name: "Requests" }).getByRole("row").filter({ hasText: name });
  await expect(rows.filter({ hasText: "Done" })).toHaveCount(2, { timeout: 90_000 });
  const { items } = await api.runs(id);
  const requestId = items[0]?.requestId ?? "";

  await page.goto("/activity");
  await page.getByRole("searchbox", { name: "Request ID" }).fill(requestId);
  await expect(page).toHaveURL(new RegExp(`requestId=${requestId}`));
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Historic");
  await rows.getByRole("button", { name: requestId, exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText(requestId);
  await page.keyboard.press("Escape");

  await choose(page, "State", "Failed");
  await expect(page.getByText("No matching requests")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await expect(page.getByRole("searchbox", { name: "Request ID" })).toHaveValue("");
  await expect(page).toHaveURL(/\/activity$/);
});
