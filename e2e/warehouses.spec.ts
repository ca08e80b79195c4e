import type { Page } from "@playwright/test";
import { unique } from "@/testing/browser/api";
import { openBqEmulator } from "@/testing/browser/bigquery";
import { choose } from "@/testing/browser/choose";
import { TestSchema } from "@/testing/browser/postgres";
import { openFakesnow } from "@/testing/browser/snowflake";
import { expect, test } from "@/testing/browser/test";
import { hoursAgo, typed } from "@/testing/browser/time";
import type { TestWarehouse } from "@/testing/browser/warehouse";
import { next, startWizard } from "@/testing/browser/wizard";

/** `file` matches a loaded file's final text: fakesnow's stage returns no ETag. `bills`: by what statements read. */
const warehouses = [
  { name: "PostgreSQL", open: TestSchema.make, file: /Loaded\d+ rows$/ },
  { name: "Snowflake (fakesnow, a stand-in)", open: openFakesnow, file: /sha256[0-9a-f]+…$/ },
  { name: "BigQuery (bqemulator, a stand-in)", open: openBqEmulator, file: /Loaded\d+ rows by job \w+$/, bills: true },
];

for (const { name, open, file, bills = false } of warehouses) {
  test.describe(name, () => {
    let warehouse: TestWarehouse;
    test.beforeAll(async () => {
      // On the first run, the stand-in's packages are installed.
      test.setTimeout(300_000);
      warehouse = await open();
    });
    test.afterAll(() => warehouse?.remove());

    test(`a table in ${name}, from a new connection to the first Completed run and the rows counted in the table`, async ({
      page,
    }) => {
      await connect(page, warehouse);
      await createExport(page, warehouse, bills);
      await runOneWindow(page);
      await expectCounted(page, await warehouse.count("raw_events"));
      await page.getByRole("dialog").getByRole("tab", { name: "Files" }).click();
      await expect(page.getByRole("list", { name: "Files" }).getByRole("listitem")).toContainText(file);
    });
  });
}

/** Creates the connection in the browser, and asserts that every verification step passes. */
async function connect(page: Page, warehouse: TestWarehouse): Promise<void> {
  await page.goto("/connections/new");
  await warehouse.fill(page);
  await page.getByRole("button", { name: "Save and verify" }).click();
  await expect(page.getByText("The connection works")).toBeVisible({ timeout: 60_000 });
  const steps = page.getByRole("list", { name: "Connection test" });
  await expect(steps).toContainText("replaced in one transaction");
  await expect(steps).toContainText("The probe was removed");
  const all = await steps.getByRole("listitem").count();
  await expect(steps.getByText("Passed", { exact: true })).toHaveCount(all);
}

/** Completes the wizard; ends on the new export's page. */
async function createExport(page: Page, { connectionName }: TestWarehouse, bills: boolean): Promise<void> {
  const name = unique("warehouse");
  await startWizard(page, name);
  await choose(page, "Connection", connectionName);
  await next(page, "The table");
  await page.getByLabel("Table", { exact: true }).fill("raw_{table_name}");
  const columns = page.getByRole("region", { name: "Columns of raw_events" });
  await expect(columns).toContainText("person_properties");
  await expect(columns).toContainText("_interval_start");
  await expect(page.getByRole("radio", { name: /^Replace its rows/ })).toBeChecked();
  await next(page, "When it runs");
  await next(page, name);
  const settings = page.getByRole("region", { name: "Settings" });
  await expect(settings).toContainText("When a window runs againReplace its rows");
  await expect(page.getByRole("region", { name: "Sample rows" })).toContainText("distinct_id", { timeout: 30_000 });
  const bill = page.getByRole("region", { name: /^Estimated warehouse cost/ });
  await expect(bill).toHaveCount(bills ? 1 : 0);
  if (bills) await expect(bill).toContainText(/Per run[\d.]+ MB.*Per month at list price\$\d/);
  await page.getByRole("button", { name: "Create export" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  // An hour that ends during the test would add rows.
  await page.getByRole("switch", { name: "Automatic exports" }).click();
  await expect(page.getByText("Paused", { exact: true })).toBeVisible();
}

/** Exports a past window; ends on the receipt of its run. */
async function runOneWindow(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Create historic export" }).click();
  const dialog = page.getByRole("dialog", { name: "Create historic export" });
  await dialog.getByLabel("Start (UTC)").fill(typed(hoursAgo(2)));
  await dialog.getByLabel("End (UTC)").fill(typed(hoursAgo(1)));
  await dialog.getByRole("button", { name: "Export 1 window" }).click();
  await page.getByRole("tab", { name: "Runs" }).click();
  const row = page.getByRole("row").filter({ hasText: "Completed" }).first();
  await expect(row).toBeVisible({ timeout: 90_000 });
  await row.getByRole("button", { name: /–/ }).first().click();
  await page.getByRole("dialog").getByRole("tab", { name: "Receipt" }).click();
  await expect(page.getByText(/Complete: [\d,]+ rows? in the source/)).toBeVisible();
}

/** Asserts that the receipt's count matches the table's. */
async function expectCounted(page: Page, held: number): Promise<void> {
  expect(held).toBeGreaterThan(0);
  const tables = page.getByRole("region", { name: "Tables" });
  await expect(tables).toContainText("raw_events");
  await expect(tables).toContainText(`Rows in the table${held.toLocaleString("en")}`);
  await expect(tables).toContainText("Rejected0");
}
