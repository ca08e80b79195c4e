import type { Page } from "@playwright/test";
import { SOURCE_TABLES } from "@/local/clickhouse/schema";
import { resetSource } from "@/testing/api/rest";
import { closeAll, makeNamedTenant, makeOperator, personIn } from "@/testing/browser/tenant";
import { expect, test } from "@/testing/browser/test";
import { openSourceDatabase } from "@/testing/runs/source-database";
import { spawnWeb } from "@/testing/stack/spawn-web";

test.afterEach(async ({ browser }) => {
  await closeAll(browser);
  await resetSource();
});

test("those who run the installation see that the source works, and set how it is read", async ({ browser, stack }) => {
  const { page, person } = await personIn(browser, stack, await makeNamedTenant(), "viewer");
  await page.goto("/settings/source");
  await expect(page.getByText("You don’t have access to this page")).toBeVisible();
  await expect(page.getByRole("link", { name: "Source", exact: true })).toHaveAttribute("aria-current", "page");
  await makeOperator(person);
  await page.reload();

  await page.getByRole("button", { name: "Verify", exact: true }).click();
  await expect(page.getByText("The source works")).toBeVisible();
  const steps = page.getByRole("list", { name: "Source test" });
  for (const name of ["Reach", "Settings", "Table events", "Clock", "Speed"])
    await expect(steps.getByRole("listitem").filter({ hasText: name }).first()).toContainText("Passed");

  const settle = page.getByLabel("Settle time, in seconds (optional)");
  await settle.fill("100000");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Must be at most 86400 (one day)")).toBeVisible();
  await settle.fill("90");
  const retention = page.getByLabel("Days that the source keeps rows (optional)");
  await retention.fill("0");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Must be at least 1")).toBeVisible();
  await retention.fill("400");
  await page.getByRole("switch", { name: "One row per ID" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Source settings saved")).toBeVisible();
  await page.reload();
  await expect(settle).toHaveValue("90");
  await expect(retention).toHaveValue("400");
  await expect(page.getByRole("switch", { name: "One row per ID" })).toBeChecked();
  await expect(page.getByText("CREATE SETTINGS PROFILE IF NOT EXISTS penstock")).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("source.png"), fullPage: true });
});

test("a source that lacks something is shown with what to run", async ({ browser, stack }) => {
  const database = await openSourceDatabase();
  const odd = SOURCE_TABLES.events
    .replace("properties String", "properties JSON")
    .replace("ip String", "ip Nullable(String)");
  await database.client.command({ query: odd });
  await database.client.command({ query: SOURCE_TABLES.merged_ids });
  const web = await spawnWeb({
    CLICKHOUSE_DATABASE: database.name,
    CLICKHOUSE_USERNAME: process.env.PENSTOCK_SOURCE_OWNER ?? "",
    CLICKHOUSE_PASSWORD: process.env.PENSTOCK_SOURCE_OWNER_PASSWORD ?? "",
  });
  const { page, person } = await personIn(browser, { ...stack, web: web.web }, await makeNamedTenant(), "viewer");
  await makeOperator(person);
  await page.goto("/settings/source");
  await page.getByRole("button", { name: "Verify", exact: true }).click();
  await expect(page.getByText("The source has problems")).toBeVisible();
  const step = page.getByRole("listitem").filter({ hasText: "Table events" }).first();
  await expect(step).toContainText("properties is JSON");
  await expect(step).toContainText("`.`events` AS SELECT");
  await page.screenshot({ path: test.info().outputPath("source-unwell.png"), fullPage: true });
  await web.stop();
  await database.close();
});

test("two tabs that set how the source is read lose nothing", async ({ browser, stack }) => {
  const { page, person } = await personIn(browser, stack, await makeNamedTenant(), "viewer");
  await makeOperator(person);
  const other = await page.context().newPage();
  const open = (tab: Page) => tab.goto("/settings/source");
  const save = async (tab: Page) => {
    await tab.getByRole("button", { name: "Save" }).click();
    await expect(tab.getByText("Source settings saved")).toBeVisible();
  };
  const retention = "Days that the source keeps rows (optional)";
  await open(page);
  await open(other);
  await page.getByLabel(retention).fill("400");
  await save(page);
  await other.getByRole("switch", { name: "One row per ID" }).click();
  await save(other);
  await other.reload();
  await expect(other.getByLabel(retention)).toHaveValue("400");
  await expect(other.getByRole("switch", { name: "One row per ID" })).toBeChecked();
});
