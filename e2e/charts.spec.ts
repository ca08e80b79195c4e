import type { Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { monthOf } from "@/lib/db/month";
import { exports, runFiles, runs } from "@/lib/db/schema";
import { SECOND } from "@/lib/units";
import { makeConnection, makeExport, makeRun } from "@/testing/api/make";
import { choose } from "@/testing/browser/choose";
import { sideways } from "@/testing/browser/sideways";
import { makeNamedTenant, type NamedTenant, personIn } from "@/testing/browser/tenant";
import { expect, test } from "@/testing/browser/test";
import * as time from "@/testing/browser/time";

/** All tests count from here, even if an hour ends between them. */
const START = Date.now();
const hoursAgo = (hours: number) => time.hoursAgo(hours, START);

let tenant: NamedTenant;
let exportId: string;
let page: Page;
/** The run of each window, by how many full hours ago it began. */
const made = new Map<number, string>();

const windowOf = (hours: number) => ({
  intervalStart: new Date(hoursAgo(hours)),
  intervalEnd: new Date(hoursAgo(hours - 1)),
});

/** A window that was committed some seconds after its end. */
async function makeCommitted(hours: number, { rows = 1000 * hours, seconds = 30 + hours, lag = 90 } = {}) {
  const window = windowOf(hours);
  const finishedAt = new Date(window.intervalEnd.getTime() + lag * SECOND);
  const startedAt = new Date(finishedAt.getTime() - seconds * SECOND);
  const times = { createdAt: startedAt, startedAt, finishedAt };
  const figures = { rows, bytes: rows * 210, files: 1 };
  made.set(hours, await makeRun(tenant, exportId, { ...window, ...times, ...figures, state: "Completed" }));
}

test.beforeAll(async ({ browser, stack }) => {
  tenant = await makeNamedTenant();
  exportId = (await makeExport(tenant, (await makeConnection(tenant)).id, { name: "Events to the lake" })).id;
  // It is older than its windows, and was never paused.
  await getDb()
    .update(exports)
    .set({ createdAt: new Date(hoursAgo(60)) })
    .where(eq(exports.id, exportId));
  for (let hours = 3; hours <= 24; hours += 1)
    if (![5, 9, 10].includes(hours)) await makeCommitted(hours, hours === 14 ? { rows: 0, seconds: 2, lag: 3600 } : {});
  const error = { code: "unreachable", message: "The bucket can't be reached.", fix: null, retryable: true };
  made.set(5, await makeRun(tenant, exportId, { ...windowOf(5), state: "Failed", error, finishedAt: new Date() }));
  ({ page } = await personIn(browser, stack, tenant, "admin"));
});
test.afterAll(() => page.context().close());

const chart = (name: string) => page.getByRole("listbox", { name: `${name} by window` });
const clockOf = (hours: number) => hoursAgo(hours).slice(11, 16);
const optionOf = (name: string, hours: number) =>
  chart(name).getByRole("option", { name: new RegExp(`, ${clockOf(hours)} – .*UTC: `) });

/** The bars of a point: nothing that was not measured has one. */
const barsOf = (name: string, hours: number) => optionOf(name, hours).locator("rect.fill-primary");

test("charts show each window, and neither a failure nor a gap as zero", async () => {
  await page.goto(`/exports/${exportId}?tab=charts`);
  await expect(chart("Rows").getByRole("option")).not.toHaveCount(0);
  await expect(optionOf("Rows", 4)).toHaveAccessibleName(/: 4,000 rows$/);
  await expect(optionOf("Bytes", 4)).toHaveAccessibleName(/: 840 kB$/);
  await expect(optionOf("Duration", 4)).toHaveAccessibleName(/: 34 s$/);
  await expect(optionOf("Lag", 14)).toHaveAccessibleName(/: 1 h 00 min$/);
  await expect(optionOf("Rows", 14)).toHaveAccessibleName(/: 0 rows$/);
  await expect(optionOf("Rows", 5)).toHaveAccessibleName(/: failed$/);
  await expect(optionOf("Rows", 9)).toHaveAccessibleName(/: not exported, no run$/);
  await expect(barsOf("Rows", 14)).toHaveCount(1);
  for (const name of ["Rows", "Bytes", "Duration", "Lag"]) {
    await expect(barsOf(name, 4)).toHaveCount(1);
    for (const gap of [5, 9, 10]) await expect(barsOf(name, gap)).toHaveCount(0);
  }
});

test("a point opens its run, by a click and by the keyboard", async () => {
  await page.goto(`/exports/${exportId}?tab=charts`);
  await optionOf("Rows", 4).locator("rect.fill-primary").click();
  await expect(page).toHaveURL(new RegExp(`run=${made.get(4)}`));
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByText("4,000", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();

  await chart("Lag").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("End");
  const last = await chart("Lag").getAttribute("aria-activedescendant");
  for (let step = 0; step < 40; step += 1) {
    const active = page.locator(`[id="${await chart("Lag").getAttribute("aria-activedescendant")}"]`);
    if ((await active.getAttribute("aria-label"))?.endsWith(": failed")) break;
    await page.keyboard.press("ArrowLeft");
  }
  expect(await chart("Lag").getAttribute("aria-activedescendant")).not.toBe(last);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`run=${made.get(5)}`));
  await expect(drawer.getByText("The bucket can't be reached.").first()).toBeVisible();
});

test("the same figures come as a table, and longer ranges say what a bar is", async () => {
  await page.goto(`/exports/${exportId}?tab=charts`);
  await expect(chart("Rows")).toBeVisible();
  await page.getByRole("button", { name: "Show as a table" }).click();
  const row = page.getByRole("table", { name: "Windows" }).getByRole("row");
  await expect(row.filter({ hasText: `${clockOf(4)} – ` })).toContainText("4,000 rows");
  await expect(row.filter({ hasText: `${clockOf(9)} – ` })).toContainText("not exported");
  await page.getByRole("button", { name: "Show charts" }).click();
  await choose(page, "Show windows of", "Last 30 days");
  await expect(page.getByText(/^Each bar is 4 windows/)).toBeVisible();
  await expect(chart("Rows").getByRole("option", { name: /of 4 windows: 1 failed/ })).toHaveCount(1);
});

test("charts fit a phone", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/exports/${exportId}?tab=charts`);
  await expect(chart("Lag").getByRole("option")).not.toHaveCount(0);
  expect(await sideways(page)).toBe(0);
  await page.setViewportSize({ width: 1280, height: 720 });
});

test("a run's timeline shows its parts, and each attempt at a file", async () => {
  const id = made.get(3)!;
  const [run] = await getDb().select().from(runs).where(eq(runs.id, id));
  const at = (seconds: number) => new Date(run!.startedAt!.getTime() + seconds * SECOND);
  await getDb()
    .update(runs)
    .set({ plannedAt: at(3), planVersion: 1, files: 2 })
    .where(eq(runs.id, id));
  const { organizationId, projectId } = tenant;
  const owner = {
    runId: id,
    organizationId,
    projectId,
    month: monthOf(run!),
    planVersion: 1,
    state: "Completed" as const,
  };
  const file = { bounds: { from: null, to: null }, expectedRows: 1, expectedFingerprint: "0", rows: 1, bytes: 2 };
  const first = { attempt: 1, startedAt: at(4).toISOString(), endedAt: at(9).toISOString(), code: "unreachable" };
  const second = { attempt: 2, startedAt: at(12).toISOString(), endedAt: null, code: "worker_lost" };
  await getDb()
    .insert(runFiles)
    .values([
      { ...owner, ...file, index: 0, key: "raw/plain.jsonl", attempt: 1, startedAt: at(4), finishedAt: at(22) },
      {
        ...{ ...owner, ...file, index: 1, key: "raw/retried.jsonl", attempt: 3, startedAt: at(20), finishedAt: at(30) },
        tries: [first, second],
      },
    ]);
  await page.goto(`/exports/${exportId}?run=${id}&view=timeline`);
  const rows = page.getByRole("list", { name: "Timeline" }).locator("> li");
  await expect(rows).toHaveCount(5);
  await expect(rows.nth(0)).toContainText("Queue");
  await expect(rows.nth(1)).toContainText("Planned in 3 s");
  await expect(rows.nth(2)).toContainText("plain.jsonl");
  await expect(rows.nth(2)).toContainText("Written in 18 s");
  const retried = rows.nth(3);
  await expect(retried).toContainText("Attempt 1 failed after 5 s (unreachable)");
  await expect(retried).toContainText("Attempt 2 ended with its worker, within 8 s");
  await expect(retried).toContainText("Attempt 3 wrote it in 10 s");
  await expect(rows.nth(4)).toContainText("Committed in 3 s");
});
