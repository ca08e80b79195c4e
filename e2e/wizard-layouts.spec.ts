import { unique } from "@/testing/browser/api";
import { choose } from "@/testing/browser/choose";
import { expect, test } from "@/testing/browser/test";
import { chooseConnection, next, startWizard } from "@/testing/browser/wizard";

const LAYOUTS = [
  {
    layout: "Prefix template",
    format: "CSV",
    key: /\/events\/\d{8}T\d{6}Z-\d{8}T\d{6}Z\.csv\.gz/,
    sample: "uuid,event,distinct_id",
    compression: "gzip",
  },
  {
    layout: "Hive partitions",
    format: "Parquet",
    key: /\/events\/date=\d{4}-\d\d-\d\d\/hour=\d\d\/\d{8}T\d{6}Z-\d{8}T\d{6}Z\.parquet/,
    sample: '"distinct_id": ',
    compression: "zstd",
  },
  {
    layout: "Amplitude",
    format: "JSON Lines",
    key: /\/events\/\d+_\d{4}-\d\d-\d\d_\d{1,2}#1\.json\.gz/,
    sample: '"event_type": ',
    compression: "gzip",
  },
  {
    layout: "CleverTap",
    format: "XML",
    key: /\/events\/[a-z0-9]+-\d{14}-[A-Za-z0-9%_.]+-\d{8}-1-\d+\.xml\.gz/,
    sample: "<eventName>",
    compression: "gzip",
  },
];

for (const { layout, format, key, sample, compression } of LAYOUTS) {
  test(`an export in the layout ${layout}, with a preview of its files`, async ({ page, api }) => {
    const name = unique(layout);
    const connection = await api.createConnection();
    await startWizard(page, name);
    await chooseConnection(page, connection);
    await page.getByRole("radio", { name: new RegExp(`^${layout}`) }).click();
    await page.getByRole("radio", { name: new RegExp(`^${format}`) }).click();
    await page.getByLabel("Key prefix").fill(`e2e/${crypto.randomUUID()}/{table_name}/`);
    await expect(page.getByRole("region", { name: "Example keys" })).toContainText(key);
    await next(page, "When it runs");
    await next(page, name);

    await expect(page.getByRole("region", { name: "Settings" })).toContainText(`Layout${layout}`);
    await expect(page.getByRole("region", { name: "Settings" })).toContainText(`Compression${compression}`);
    const preview = page.getByRole("region", { name: "Preview" });
    await expect(preview.getByRole("listitem").filter({ hasText: key }).first()).toBeVisible({ timeout: 30_000 });
    await expect(preview.getByRole("region", { name: "Sample rows" })).toContainText(sample);
    await expect(preview.getByRole("region", { name: /^Per month/ })).toContainText("Runs720");
    await page.getByRole("button", { name: "Create export" }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  });
}

test("what a layout prescribes follows it, and what it can't take says why", async ({ page, api }) => {
  const connection = await api.createConnection();
  await startWizard(page, unique("follow"));
  await chooseConnection(page, connection);
  await page.getByRole("radio", { name: "Parquet" }).click();
  await expect(page.getByText("Compression: zstd")).toBeVisible();
  await page.getByRole("radio", { name: "CleverTap" }).click();
  await expect(page.getByText("Largest file: 100 MB")).toBeVisible();
  await expect(page.getByText("Compression: gzip")).toBeVisible();
  await page.getByRole("radio", { name: "Amplitude" }).click();
  await expect(page.getByText("Format: JSON Lines")).toBeVisible();
  await expect(page.getByRole("radio", { name: "CSV" })).toBeDisabled();
  await expect(page.getByText("with the layout Amplitude").first()).toBeVisible();
  await next(page, "When it runs");
  await page.getByRole("combobox", { name: "How often" }).click();
  await expect(page.getByRole("option", { name: "Every 5 minutes" })).toBeDisabled();
  await expect(page.getByRole("option", { name: "Every 5 minutes" })).toContainText("Must be an hour or longer");
});

test("a layout decides whether the bucket keeps the chain of receipts, unless it is chosen", async ({ page, api }) => {
  const name = unique("chain");
  const connection = await api.createConnection();
  await startWizard(page, name);
  await chooseConnection(page, connection);
  const keeps = page.getByRole("switch", { name: "Keep the receipt chain in the bucket" });
  await expect(keeps).toBeChecked();
  await page.getByRole("radio", { name: "Amplitude" }).click();
  await expect(keeps).not.toBeChecked();
  await keeps.click();
  await expect(keeps).toBeChecked();
  await page.getByRole("radio", { name: "Hive partitions" }).click();
  await keeps.click();
  await expect(keeps).not.toBeChecked();
  await page.getByLabel("Key prefix").fill(`e2e/${crypto.randomUUID()}/`);
  await next(page, "When it runs");
  await next(page, name);
  await expect(page.getByRole("region", { name: "Settings" })).toContainText("Receipt chain in the bucketNo");
});

test("conditions, chosen columns and hashes go into the export", async ({ page, api }) => {
  const name = unique("columns");
  const connection = await api.createConnection();
  await page.goto("/exports/new");
  await page.getByLabel("Export name").fill(name);
  await page.getByRole("button", { name: "Add condition" }).click();
  const condition = page.getByRole("group", { name: "Condition 1" });
  await choose(page, "Comparison", "is at least");
  await condition.getByLabel("Property").fill("$browser_version");
  await condition.getByLabel("Value").fill("new");
  await page.getByRole("button", { name: /^Columns/ }).click();
  await page.getByRole("radio", { name: "Choose columns" }).click();
  await page.getByRole("checkbox", { name: "ip" }).click();
  await page.getByLabel("Name of event in the files").fill("uuid");
  await page.getByRole("switch", { name: "Hash distinct_id" }).click();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(condition.getByRole("alert")).toContainText("Must be a number");
  await condition.getByLabel("Value").fill("1");
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Another column has the name" })).toBeVisible();
  await page.getByLabel("Name of event in the files").fill("event_name");
  await next(page, "Where it goes");
  await chooseConnection(page, connection);
  await page.getByLabel("Key prefix").fill(`e2e/${crypto.randomUUID()}/`);
  await next(page, "When it runs");
  await next(page, name);
  const settings = page.getByRole("region", { name: "Settings" });
  await expect(settings).toContainText("properties $browser_version is at least 1");
  await expect(settings).toContainText("event as event_name");
  await expect(settings).toContainText("Hasheddistinct_id");
  const sample = page.getByRole("region", { name: "Sample rows" });
  await expect(sample).toContainText('"event_name": ', { timeout: 30_000 });
  await expect(sample).toContainText(/"distinct_id": "[0-9a-f]{64}"/);
  await expect(sample).not.toContainText('"ip"');
});
