import type { Browser, Page, Request } from "@playwright/test";
import type { CreateExportInput } from "@/lib/schemas/export";
import { HOUR, MINUTE } from "@/lib/units";
import { makeConnection, makeExport } from "@/testing/api/make";
import { type SlowRun, startSlowRun } from "@/testing/browser/slow-run";
import type { Stack } from "@/testing/browser/stack";
import { makeNamedTenant, personIn } from "@/testing/browser/tenant";
import { expect, test } from "@/testing/browser/test";

const isStream = (request: Request) => request.url().endsWith("/progress/stream");
const isApi = (request: Request) => new URL(request.url()).pathname.startsWith("/api/");

/** The requests of a page that match, from now on. */
function requestsOf(page: Page, matches: (request: Request) => boolean): string[] {
  const found: string[] = [];
  page.on("request", (request) => matches(request) && found.push(new URL(request.url()).pathname));
  return found;
}

const barOf = (page: Page) => page.getByRole("region", { name: "Running now" }).getByRole("progressbar");
const rowsRead = async (page: Page) => Number(await barOf(page).getAttribute("aria-valuenow"));

test.describe("a run that takes a while", () => {
  let run: SlowRun;
  test.beforeEach(async ({ browser, request, stack }) => {
    run = await startSlowRun(browser, request, stack);
  });
  test.afterEach(async () => {
    run.release();
    await expect
      .poll(async () => (await run.api.runs(run.exportId)).items[0]?.state, { timeout: 90_000 })
      .toBe("Completed");
    run.close();
    await run.page.context().close();
  });

  test("shows how far it is, by one stream, until it ends", async () => {
    const { page, exportId } = run;
    const streams = requestsOf(page, isStream);
    const polls = requestsOf(page, (request) => request.url().endsWith("/progress"));
    await page.goto(`/exports/${exportId}`);
    const now = page.getByRole("region", { name: "Running now" });
    await expect(now.getByText(/of 4,000 rows/)).toBeVisible({ timeout: 60_000 });
    run.letThrough(15);
    await expect.poll(() => rowsRead(page), { timeout: 60_000 }).toBeGreaterThan(100);
    const before = await rowsRead(page);
    await expect(now.getByText(/rows\/s|No progress/).first()).toBeVisible();
    run.letThrough(20);
    await expect.poll(() => rowsRead(page), { timeout: 60_000 }).toBeGreaterThan(before);
    expect(await rowsRead(page)).toBeLessThan(4000);

    // The drawer has the same of the file, and needs no stream of its own.
    await now.getByRole("button").click();
    const drawer = page.getByRole("dialog");
    await expect(drawer.getByRole("progressbar", { name: "Rows read" })).toBeVisible();
    await drawer.getByRole("tab", { name: "Files" }).click();
    await expect(drawer.getByRole("progressbar", { name: /^Rows of slow\// })).toBeVisible();
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: "Historic exports" }).click();
    await expect(page.getByRole("list", { name: "Historic exports" }).getByText(/MB$/)).toBeVisible();
    await page.getByRole("tab", { name: "Runs" }).click();
    expect(streams).toHaveLength(1);
    expect(polls).toEqual([]);

    run.release();
    await expect(page.getByRole("row").filter({ hasText: "Completed" })).toHaveCount(1, { timeout: 60_000 });
    await expect(now).toHaveCount(0);
  });

  test("is polled where a stream doesn't work", async () => {
    const { page, exportId } = run;
    await page.route("**/progress/stream", (route) => route.abort());
    const polls = requestsOf(page, (request) => request.url().endsWith("/progress"));
    await page.goto(`/exports/${exportId}`);
    run.letThrough(15);
    await expect(barOf(page)).toBeVisible({ timeout: 60_000 });
    await expect.poll(() => rowsRead(page), { timeout: 60_000 }).toBeGreaterThan(100);
    expect(polls.length).toBeGreaterThan(0);
    run.release();
    await expect(page.getByRole("row").filter({ hasText: "Completed" })).toHaveCount(1, { timeout: 60_000 });
    await expect(page.getByRole("region", { name: "Running now" })).toHaveCount(0);
  });

  test("is not followed by a hidden tab, and again once it is seen", async () => {
    const { page, exportId } = run;
    const streams = requestsOf(page, isStream);
    await page.goto(`/exports/${exportId}`);
    await expect.poll(() => streams.length).toBe(1);
    const turn = (state: string) =>
      page.evaluate((value) => {
        Object.defineProperty(document, "visibilityState", { value, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, state);
    const closed = page.waitForEvent("requestfailed", isStream);
    await turn("hidden");
    await closed;
    expect(streams).toHaveLength(1);
    await turn("visible");
    await expect.poll(() => streams.length).toBe(2);
  });
});

/** A page of an export that doesn't run, in an organization of its own: lists of others' exports would be busy. */
async function openIdle(browser: Browser, stack: Stack, path: string, input: Partial<CreateExportInput> = {}) {
  const tenant = await makeNamedTenant();
  const { id, nextRunAt } = await makeExport(tenant, (await makeConnection(tenant)).id, input);
  const { page } = await personIn(browser, stack, tenant, "admin");
  await page.clock.install();
  await page.goto(path.replace(":id", id));
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  const sent = requestsOf(page, isApi);
  /** Lets time pass, in ms; returns the requests meanwhile. */
  const pass = async (ms: number) => {
    sent.length = 0;
    await page.clock.runFor(ms);
    // Comes after all that the clock has caused.
    await page.evaluate(() => fetch("/api/live"));
    await expect.poll(() => sent).toContain("/api/live");
    return sent.filter((path) => path !== "/api/live");
  };
  return { page, id, nextRunAt, pass };
}

test.describe("while nothing runs", () => {
  for (const path of ["/exports", "/exports/:id", "/exports/:id?tab=historic", "/exports/:id?tab=charts", "/activity"])
    test(`${path} sends no request in an hour`, async ({ browser, stack }) => {
      const { page, pass } = await openIdle(browser, stack, path);
      expect(await pass(HOUR)).toEqual([]);
      await page.context().close();
    });

  for (const path of ["/exports", "/exports/:id", "/activity"])
    test(`${path} asks again when the next run is due, and not before`, async ({ browser, stack }) => {
      const schedule = { every: "12h" as const };
      const { page, nextRunAt, pass } = await openIdle(browser, stack, path, { schedule, paused: false });
      const left = Date.parse(nextRunAt ?? "") - Date.now();
      // Timers can't wait for weeks, so they look again after an hour at most.
      expect(await pass(Math.min(left, HOUR) - 30_000)).toEqual([]);
      expect((await pass(MINUTE)).length).toBeGreaterThan(0);
      await page.context().close();
    });
});
