import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { processes } from "@/lib/db/schema";
import { sideways } from "@/testing/browser/sideways";
import { expect, test } from "@/testing/browser/test";

const id = randomUUID();
test.afterEach(() => getDb().delete(processes).where(eq(processes.id, id)));

test("a clock that is off is named on every page, until it agrees again", async ({ page }) => {
  await getDb().insert(processes).values({ id, kind: "worker", name: "e2e", clockDifference: 312_000 });
  const banner = page.getByRole("alert").filter({ hasText: "clock" });
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ["/exports", "/connections", "/settings/organization"]) {
    await page.goto(path);
    await expect(banner).toContainText("A worker's clock is 312 s ahead of the database's.");
    await expect(banner).toContainText("with NTP");
    await expect(banner).toContainText("none is exported too early");
    expect(await sideways(page)).toBe(0);
  }

  await getDb().update(processes).set({ clockDifference: 5_000 }).where(eq(processes.id, id));
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(banner).toBeHidden();
});
