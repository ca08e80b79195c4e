import { sideways } from "@/testing/browser/sideways";
import { expect, test } from "@/testing/browser/test";
import { hoursAgo } from "@/testing/browser/time";

test("a new export that starts in the past offers to backfill, and does", async ({ page, api }) => {
  const { id } = await api.createExport({ startAt: hoursAgo(3) });
  await page.goto(`/exports/${id}`);
  const offer = page.getByRole("region", { name: /^Backfill \d windows\?$/ });
  await expect(offer).toContainText(/The export starts on \d+ \w+ \d+, \d\d:00 UTC, before it was created\./);
  await expect(offer).toContainText(/the source has [\d,]+ rows?\./);
  const name = await offer.getByRole("heading").textContent();
  const windows = Number(/\d+/.exec(name ?? "")?.[0]);
  // The clock may pass an hour between the two.
  expect([3, 4]).toContain(windows);
  await offer.getByRole("button", { name: `Backfill ${windows} windows` }).click();
  const item = page.getByRole("list", { name: "Historic exports" }).getByRole("listitem");
  await expect(item).toContainText(`${windows} of ${windows} windows completed`, { timeout: 90_000 });
  await expect(offer).toBeHidden();
});

test("an offer that was dismissed doesn't come back", async ({ page, api }) => {
  const { id } = await api.createExport({ startAt: hoursAgo(3) });
  await page.goto(`/exports/${id}`);
  const offer = page.getByRole("region", { name: /^Backfill/ });
  await offer.getByRole("button", { name: "Not now" }).click();
  await expect(offer).toBeHidden();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await expect(offer).toBeHidden();
});

test("too many windows are said to be, and lead to a range", async ({ page, api }) => {
  const { id } = await api.createExport({ startAt: hoursAgo(3) });
  await page.route("**/historic-exports/estimate", (route) =>
    route.fulfill({
      json: { start: "2024-01-01T00:00:00.000Z", end: "2026-11-01T00:00:00.000Z", windows: 24_840, rows: 4_000_000 },
    }),
  );
  await page.goto(`/exports/${id}`);
  const offer = page.getByRole("region", { name: "Backfill 24,840 windows?" });
  await expect(offer).toContainText("too much for one step");
  await offer.getByRole("button", { name: "Choose a range" }).click();
  await expect(page.getByRole("dialog", { name: "Create historic export" })).toBeVisible();
});

test("windows from before the export look and read unlike gaps", async ({ page, api }) => {
  const { id } = await api.createExport();
  await page.goto(`/exports/${id}`);
  const coverage = page.getByRole("region", { name: "Coverage" });
  const before = coverage.getByRole("button", { name: /: before the export$/ });
  await expect(before.first()).toBeVisible();
  await expect(coverage).toContainText("0 of 0 windows committed");
  await before.last().click();
  const drawer = page.getByRole("dialog");
  await expect(drawer).toContainText("Before the export");
  await expect(drawer).toContainText("A historic export can add it.");
});

test.describe("at the width of a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("the offer fits", async ({ page, api }) => {
    const { id } = await api.createExport({ startAt: hoursAgo(3) });
    await page.goto(`/exports/${id}`);
    await expect(page.getByRole("region", { name: /^Backfill/ })).toBeVisible();
    expect(await sideways(page)).toBe(0);
  });
});
