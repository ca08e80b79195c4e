import type { Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { exports } from "@/lib/db/schema";
import * as operations from "@/lib/openapi/operations";
import { call } from "@/testing/api/call";
import { makeConnection, makeExport, makeRun } from "@/testing/api/make";
import { closeAll, makeNamedTenant, type NamedTenant, personIn } from "@/testing/browser/tenant";
import { expect, test } from "@/testing/browser/test";
import { hoursAgo } from "@/testing/browser/time";

const NAME = "Events to the lake";
const FAILURE = { code: "unreachable", message: "The bucket can't be reached.", fix: null, retryable: true };

let tenant: NamedTenant;
let exportId: string;
let page: Page;

test.beforeEach(async ({ browser, stack }) => {
  tenant = await makeNamedTenant();
  exportId = (await makeExport(tenant, (await makeConnection(tenant)).id, { name: NAME })).id;
  ({ page } = await personIn(browser, stack, tenant, "admin"));
});
test.afterEach(({ browser }) => closeAll(browser));

const windowOf = (hours: number) => ({
  intervalStart: new Date(hoursAgo(hours)),
  intervalEnd: new Date(hoursAgo(hours - 1)),
});

const change = (values: Partial<typeof exports.$inferInsert>) =>
  getDb().update(exports).set(values).where(eq(exports.id, exportId));

test("a window whose newest attempt failed is not shown as completed", async () => {
  // The clock was set back between the two.
  const [earlier, later] = [new Date(Date.now() - 60_000), new Date()];
  await makeRun(tenant, exportId, { ...windowOf(2), state: "Completed", rows: 1, createdAt: later, finishedAt: later });
  await makeRun(tenant, exportId, { ...windowOf(2), state: "Failed", error: FAILURE, createdAt: earlier });
  await makeRun(tenant, exportId, { ...windowOf(3), state: "Cancelled", createdAt: earlier });
  await page.goto("/exports");
  await expect(page.getByRole("link", { name: "Last 2 runs: 1 canceled, 1 failed" })).toBeVisible();
});

test("coverage counts every window of its range, not only those that it shows", async () => {
  await change({ createdAt: new Date(Date.now() - 40 * 24 * 3_600_000) });
  const finishedAt = new Date();
  for (let hours = 2; hours < 61; hours += 1)
    await makeRun(tenant, exportId, {
      ...windowOf(hours),
      state: "Completed",
      rows: 1,
      bytes: 1,
      files: 1,
      finishedAt,
    });
  // A daily export's coverage is that of 30 days, in which it was hourly.
  const schedule = { every: "day", timezone: "UTC", atHour: 0, atWeekday: 0 } as const;
  await call(operations.patchExport, { key: tenant.key, params: { id: exportId }, body: { schedule } });
  await page.goto(`/exports/${exportId}`);
  const coverage = page.getByRole("region", { name: "Coverage" });
  await expect(coverage).toContainText(/59 of 7\d\d windows committed/);
  await expect(coverage).toContainText(/Showing the last 60 of 7\d\d windows/);
});

test("an export that has ended says so, also if it was paused before, and offers no schedule", async () => {
  await change({ endAt: new Date(hoursAgo(3)), paused: true });
  await page.goto(`/exports/${exportId}`);
  await expect(page.getByRole("region", { name: "Why the schedule doesn’t run" })).toContainText("Ended on");
  await expect(page.getByRole("button", { name: /^Resume/ })).toHaveCount(0);
});
