import { sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { connections, exports } from "@/lib/db/schema";
import { makeConnection, makeExport } from "@/testing/api/make";
import { unique } from "@/testing/browser/api";
import { choose } from "@/testing/browser/choose";
import { sideways } from "@/testing/browser/sideways";
import { closeAll, makeNamedTenant, personIn, strangerPage } from "@/testing/browser/tenant";
import { expect, test } from "@/testing/browser/test";
import { hoursAgo } from "@/testing/browser/time";
import { startWizard } from "@/testing/browser/wizard";

test.afterEach(({ browser }) => closeAll(browser));

test("a page that is slow to come shows at once that it comes", async ({ page }) => {
  await page.goto("/exports");
  await expect(page.getByRole("heading", { level: 1, name: "Exports" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/*_rsc=*", async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole("link", { name: "Activity" }).click();
  await expect(page.getByRole("status", { name: "Loading" })).toBeVisible({ timeout: 2000 });
  await expect(page).toHaveURL(/\/activity$/);
  release();
  await expect(page.getByRole("heading", { level: 1, name: "Activity" })).toBeVisible();
});

test("what isn't there keeps the app's frame for who is signed in", async ({ page, browser, stack }) => {
  const response = await page.goto("/nowhere");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("404-1280.png") });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: test.info().outputPath("404-390.png") });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("link", { name: "Connections" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Connections" })).toBeVisible();
  const stranger = await strangerPage(browser, stack);
  expect((await stranger.goto("/nowhere"))?.status()).toBe(404);
  await expect(stranger.getByRole("link", { name: "Connections" })).toHaveCount(0);
});

test("the open tab of a run is in the URL", async ({ page, api }) => {
  const { id } = await api.createExport();
  await api.createHistoricExport(id, { start: hoursAgo(3), end: hoursAgo(1) });
  await expect
    .poll(async () => (await api.runs(id)).items.filter(({ state }) => state === "Completed").length, {
      timeout: 90_000,
    })
    .toBe(2);
  const [run] = (await api.runs(id)).items;
  await page.goto(`/exports/${id}?run=${run?.id}`);
  await page.getByRole("dialog").getByRole("tab", { name: "Files" }).click();
  await expect(page).toHaveURL(/view=files/);
  await page.reload();
  await expect(page.getByRole("tab", { name: "Files" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL((url) => !url.search.includes("view") && !url.search.includes("run="));
});

test("request IDs are shown whole", async ({ page, api }) => {
  const { id } = await api.createExport({ name: `e2e ${"a long name of an export ".repeat(4)}` });
  await api.createHistoricExport(id, { start: hoursAgo(2), end: hoursAgo(1) });
  await expect.poll(async () => (await api.runs(id)).items.length).toBe(1);
  const [run] = (await api.runs(id)).items;
  await page.goto(`/activity?exportId=${id}`);
  const button = page.getByRole("button", { name: run?.requestId ?? "", exact: true });
  for (const width of [390, 640, 768, 1024, 1280, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect(button).toBeVisible();
    expect(await button.evaluate((element) => element.scrollWidth - element.clientWidth), `at ${width} px`).toBe(0);
    const frame = page.getByRole("table", { name: "Requests" }).locator("..");
    expect(await frame.evaluate((element) => element.scrollWidth - element.clientWidth), `at ${width} px`).toBe(0);
    expect(await sideways(page), `at ${width} px`).toBe(0);
    await page.screenshot({ path: test.info().outputPath(`activity-${width}.png`) });
  }
});

/** Adds 205 newer copies of a row. */
async function copy(table: typeof exports | typeof connections, id: string): Promise<void> {
  const copies = sql`jsonb_populate_record(original, jsonb_build_object('id', gen_random_uuid(), 'name', 'Copy ' || n,
    'created_at', original.created_at + n * interval '1 second'))`;
  await getDb().execute(
    sql`insert into ${table} select (${copies}).* from ${table} original, generate_series(1, 205) n where original.id = ${id}`,
  );
}

test("every one of more than 200 exports can be reached", async ({ browser, stack }) => {
  const tenant = await makeNamedTenant();
  const { id } = await makeExport(tenant, (await makeConnection(tenant)).id, { name: "The first of many" });
  await copy(exports, id);
  const { page } = await personIn(browser, stack, tenant, "viewer");
  await page.goto("/exports");
  const first = page.getByRole("link", { name: "The first of many", exact: true });
  await expect(page.getByRole("link", { name: "Copy 205", exact: true })).toBeVisible();
  await expect(first).toHaveCount(0);
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(first).toBeVisible();
});

test("every one of more than 200 connections can be reached, and chosen", async ({ browser, stack }) => {
  const tenant = await makeNamedTenant();
  const { id } = await makeConnection(tenant);
  await copy(connections, id);
  const { page } = await personIn(browser, stack, tenant, "admin");
  await page.goto("/connections");
  const first = page.getByRole("link", { name: "Test bucket", exact: true });
  await expect(page.getByRole("link", { name: "Copy 205", exact: true })).toBeVisible();
  await expect(first).toHaveCount(0);
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(first).toBeVisible();
  await startWizard(page, unique("far"));
  await choose(page, "Connection", /^Test bucket/);
});
