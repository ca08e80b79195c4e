import { unique } from "./support/api";
import { sideways } from "./support/sideways";
import { expect, test } from "./support/test";
import { hoursAgo, typed } from "./support/time";
import { TestSchema } from "./support/warehouse";
import { next, startWizard } from "./support/wizard";

let schema: TestSchema;
test.beforeEach(async () => {
  schema = await TestSchema.make();
});
test.afterEach(() => schema.remove());

test("a table in PostgreSQL, from a new connection to the first Completed run and the rows counted in the table", async ({
  page,
}) => {
  await page.goto("/connections/new");
  await schema.fill(page);
  await page.getByRole("button", { name: "Save and verify" }).click();
  await expect(page.getByText("The connection works")).toBeVisible();
  await expect(page.getByRole("list", { name: "Connection test" })).toContainText("replaced in one transaction");

  const name = unique("warehouse");
  await startWizard(page, name);
  await page.getByRole("combobox", { name: "Connection" }).click();
  await page.getByRole("option", { name: schema.connectionName }).click();
  await next(page, "The table");
  await page.getByLabel("Table", { exact: true }).fill("raw_{table_name}");
  const columns = page.getByRole("region", { name: "Columns of raw_events" });
  await expect(columns).toContainText("person_properties");
  await expect(columns).toContainText("_interval_start");
  await expect(page.getByRole("radio", { name: /^Replace its rows/ })).toBeChecked();
  await next(page, "When it runs");
  await next(page, name);
  const settings = page.getByRole("region", { name: "Settings" });
  await expect(settings).toContainText("When a window is run againReplace its rows");
  await expect(page.getByRole("region", { name: "Sample rows" })).toContainText("distinct_id", { timeout: 30_000 });
  await page.getByRole("button", { name: "Create export" }).click();

  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.getByRole("button", { name: "Create historic export" }).click();
  const dialog = page.getByRole("dialog", { name: "Create historic export" });
  await dialog.getByLabel("Start (UTC)").fill(typed(hoursAgo(2)));
  await dialog.getByLabel("End (UTC)").fill(typed(hoursAgo(1)));
  await dialog.getByRole("button", { name: "Export 1 window" }).click();
  await page.getByRole("tab", { name: "Runs" }).click();
  const row = page.getByRole("row").filter({ hasText: "Completed" }).first();
  await expect(row).toBeVisible({ timeout: 90_000 });
  await row.getByRole("button", { name: /–/ }).first().click();
  await page.getByRole("tab", { name: "Receipt" }).click();
  await expect(page.getByText(/Complete: [\d,]+ rows? in the source/)).toBeVisible();
  const held = await schema.count("raw_events");
  expect(held).toBeGreaterThan(0);
  const tables = page.getByRole("region", { name: "Tables" });
  await expect(tables).toContainText("raw_events");
  await expect(tables).toContainText(`Rows in the table${held.toLocaleString("en")}`);
  await expect(tables).toContainText("Rejected0");
});

test("a stored password stays when a connection is edited, and a wrong one is told apart", async ({ page }) => {
  await page.goto("/connections/new");
  await schema.fill(page);
  await page.getByRole("button", { name: "Save and verify" }).click();
  await expect(page.getByText("The connection works")).toBeVisible();

  await page.getByRole("button", { name: "Edit", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /^Edit/ });
  await expect(dialog.getByLabel("Password")).toHaveValue("");
  await expect(dialog.getByText("Leave empty to keep the stored one.")).toBeVisible();
  await dialog.getByLabel("Connection name").fill(`${schema.connectionName} again`);
  await dialog.getByRole("button", { name: "Save and verify" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("again");
  await expect(page.getByText("The connection works")).toBeVisible();

  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await dialog.getByLabel("Password").fill("not-the-password-of-this-user");
  await dialog.getByRole("button", { name: "Save and verify" }).click();
  await expect(page.getByText("The connection doesn’t work yet")).toBeVisible();
  const failed = page.getByRole("list", { name: "Connection test" }).getByRole("listitem");
  await expect(failed.filter({ hasText: "Failed" })).toContainText(/Fix: .+/);
});

test("the setup script is made for exactly what is filled in", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/connections/new");
  await page.getByRole("radio", { name: /^PostgreSQL/ }).click();
  await page.getByRole("button", { name: "Setup script" }).click();
  const script = page.getByRole("region", { name: "Setup script" });
  await expect(script).toContainText("Still needed for it: Host, Database, User.");
  await schema.fill(page);
  await expect(script).toContainText(`CREATE SCHEMA IF NOT EXISTS "${schema.name}"`);
  await expect(script.getByRole("button", { name: "Copy the setup script" })).toBeVisible();
  expect(await sideways(page)).toBe(0);
});
