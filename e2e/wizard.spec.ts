import { unique } from "@/testing/browser/api";
import { choose } from "@/testing/browser/choose";
import { expect, test } from "@/testing/browser/test";
import { hoursAgo, typed } from "@/testing/browser/time";
import { fillConnection, next, startWizard } from "@/testing/browser/wizard";

test("from the wizard to the first Completed run and its receipt", async ({ page, api }) => {
  const name = unique("wizard");
  await startWizard(page, name);
  await fillConnection(page, api.localConnection());
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("The connection works")).toBeVisible();
  const steps = page.getByRole("list", { name: "Connection test" }).getByRole("listitem");
  await expect(steps.filter({ hasText: "Passed" })).toHaveCount(await steps.count());
  await page.getByRole("button", { name: "Save and verify" }).click();
  await expect(page.getByText("Verified", { exact: true })).toBeVisible();
  await next(page, "What the files look like");
  await page.getByLabel("Key prefix").fill(`e2e/${crypto.randomUUID()}/`);
  await page.getByRole("button", { name: "{year}" }).click();
  const year = new Date().getUTCFullYear();
  await expect(page.getByRole("region", { name: "Example keys" })).toContainText(`/${year}`);
  await next(page, "When it runs");
  await expect(page.getByText(/The first run starts at/)).toBeVisible();
  await next(page, name);
  await expect(page.getByRole("region", { name: "Preview" })).toContainText("Rows");
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
  await page.getByRole("dialog").getByRole("tab", { name: "Receipt" }).click();
  await expect(page.getByText(/Complete: [\d,]+ rows? in the source/)).toBeVisible();
});

test("an export is saved on a connection that isn't verified, below its folder", async ({ page, api }) => {
  const connection = api.localConnection();
  connection.config.secretAccessKey = "not-the-secret-of-this-key";
  const name = unique("unverified");
  await startWizard(page, name);
  await fillConnection(page, connection);
  await page.getByLabel("Folder (optional)").fill(`e2e/${crypto.randomUUID()}/`);
  const folder = await page.getByLabel("Folder (optional)").inputValue();
  await page.getByRole("button", { name: "Save and verify" }).click();
  await expect(page.getByText("The connection doesn’t work yet")).toBeVisible();
  await expect(page.getByText("The export can be saved; it starts once the connection is verified.")).toBeVisible();
  await next(page, "What the files look like");
  await expect(page.getByLabel("Key prefix")).toHaveValue(new RegExp(`^${folder}`));
  await next(page, "When it runs");
  await next(page, name);
  await page.getByRole("button", { name: "Create export" }).click();
  await expect(page.getByText("Not started: its connection isn’t verified")).toBeVisible();
});

test("a prefix with an unknown variable is refused in the form", async ({ page, api }) => {
  const { connectionName } = await api.createExport();
  await startWizard(page, unique("prefix"));
  await choose(page, "Connection", connectionName);
  await next(page, "What the files look like");
  await page.getByLabel("Key prefix").fill("raw/{quarter}/");
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "unknown variable {quarter}" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "What the files look like" })).toBeVisible();
  await page.getByRole("button", { name: "Back" }).click();
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByLabel("Key prefix")).toHaveValue("raw/{quarter}/");
});
