import type { Page } from "@playwright/test";
import { getDb } from "@/lib/db/client";
import { installation } from "@/lib/db/schema";
import { sideways } from "@/testing/browser/sideways";
import { closeAll, makeNamedTenant, makeOperator, personIn } from "@/testing/browser/tenant";
import { expect, test } from "@/testing/browser/test";

test.afterEach(async ({ browser }) => {
  await getDb().update(installation).set({ hold: null, decided: null });
  await closeAll(browser);
});

const facts =
  "Temporal remembers generation 812 of this database, which is at generation 530 from 2026-11-30T02:00:00.000Z.";

async function pictures(page: Page, name: string): Promise<void> {
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await sideways(page)).toBe(0);
      await page.screenshot({ path: test.info().outputPath(`${name}-${scheme}-${width}.png`), fullPage: true });
    }
  }
}

test("a restored database waits for an operator, who sees why and decides", async ({ browser, stack }) => {
  const { page, person } = await personIn(browser, stack, await makeNamedTenant(), "owner");
  await getDb()
    .update(installation)
    .set({ hold: { reason: "restored", since: new Date().toISOString(), facts }, decided: null });
  const banner = page.getByRole("alert").filter({ hasText: "Nothing runs" });
  await page.goto("/exports");
  await expect(banner).toContainText("An operator of this installation must decide what to do");
  await expect(banner.getByRole("link")).toHaveCount(0);
  await page.goto("/settings/installation");
  await expect(page.getByText("You don’t have access to this page")).toBeVisible();

  await makeOperator(person);
  await page.goto("/exports");
  await banner.getByRole("link", { name: "Decide what to do" }).click();
  await expect(page.getByText("The database was restored from a backup")).toBeVisible();
  await expect(page.getByText(facts)).toBeVisible();
  await expect(page.getByRole("radio", { name: /Read the buckets, then continue/ })).toBeChecked();
  await pictures(page, "held");

  await page.getByRole("radio", { name: /Continue without reading/ }).check();
  await page.getByRole("button", { name: "Continue…" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("Windows since the backup are exported again");
  await dialog.getByRole("button", { name: "Continue", exact: true }).click();
  // The worker has stopped taking work meanwhile, and carries it out.
  await expect(page.getByRole("heading", { name: "The last decision" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("No windows were recovered from buckets.")).toBeVisible();
  await expect(banner).toBeHidden();
  await pictures(page, "decided");
});
