import type { Page } from "@playwright/test";
import { pageAs } from "@/testing/browser/people";
import { expect, test } from "@/testing/browser/test";
import { hoursAgo } from "@/testing/browser/time";

const buttons = (page: Page) =>
  page
    .getByRole("main")
    .locator("button:visible, a:visible")
    .evaluateAll((all) => all.map((it) => it.getAttribute("aria-label") ?? it.textContent ?? ""));

/** Words of actions that viewers may not take. */
const WRITES = /create|new |edit|delete|resume|catch up|retry|cancel|verify|release/i;

const writesOn = async (page: Page) => (await buttons(page)).filter((name) => WRITES.test(name));

test("a viewer sees everything and no button that changes it", async ({ browser, api, stack }) => {
  const { id, name, connectionId, connectionName } = await api.createExport({ name: "e2e plain" });
  await api.createHistoricExport(id, { start: hoursAgo(2), end: hoursAgo(1) });
  await expect.poll(async () => (await api.runs(id)).items[0]?.state, { timeout: 90_000 }).toBe("Completed");
  const page = await pageAs(browser, stack, "viewer");

  await page.goto("/exports");
  await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
  await expect(page.getByRole("switch")).toHaveCount(0);
  expect(await writesOn(page)).toEqual([]);

  await page.goto(`/exports/${id}`);
  await expect(page.getByRole("row").filter({ hasText: "Completed" })).toHaveCount(1);
  await expect(page.getByRole("switch")).toHaveCount(0);
  expect(await writesOn(page)).toEqual([]);
  await page.goto(`/exports/${id}?run=${(await api.runs(id)).items[0]?.id}&retry=1`);
  await expect(page.getByRole("dialog").getByText("Completed")).toBeVisible();
  await expect(page.getByRole("alertdialog")).toHaveCount(0);

  await page.goto("/connections");
  await expect(page.getByRole("link", { name: connectionName })).toBeVisible();
  expect(await writesOn(page)).toEqual([]);
  await page.goto(`/connections/${connectionId}`);
  await expect(page.getByRole("heading", { name: "Verification" })).toBeVisible();
  await expect(page.getByRole("switch")).toHaveCount(0);
  expect(await writesOn(page)).toEqual([]);
  await page.context().close();
});

test("a viewer who goes to a form is told who may use it; a member retries, and makes nothing", async ({
  browser,
  api,
  stack,
}) => {
  const { id } = await api.createExport();
  const viewer = await pageAs(browser, stack, "viewer");
  for (const path of ["/exports/new", `/exports/${id}/edit`, "/connections/new"]) {
    await viewer.goto(path);
    await expect(viewer.getByText(/Only admins and higher roles can/), path).toBeVisible();
  }
  await viewer.context().close();

  const member = await pageAs(browser, stack, "member");
  await member.goto(`/exports/${id}`);
  await expect(member.getByRole("button", { name: "Create historic export" }).first()).toBeVisible();
  await expect(member.getByRole("switch")).toHaveCount(0);
  await expect(member.getByRole("link", { name: "Edit" })).toHaveCount(0);
  await expect(member.getByRole("button", { name: "More actions" })).toHaveCount(0);
  await member.context().close();
});
