import { TestSchema } from "@/testing/browser/postgres";
import { sideways } from "@/testing/browser/sideways";
import { expect, test } from "@/testing/browser/test";

let schema: TestSchema;
test.beforeEach(async () => {
  schema = await TestSchema.make();
});
test.afterEach(() => schema.remove());

test("a stored password stays when a connection is edited, and a wrong one is told apart", async ({ page }) => {
  await page.goto("/connections/new");
  await schema.fill(page);
  await page.getByRole("button", { name: "Save and verify" }).click();
  await expect(page.getByText("The connection works")).toBeVisible();

  await page.getByRole("button", { name: "Edit", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /^Edit/ });
  await expect(dialog.getByLabel("Password")).toHaveValue("");
  await expect(dialog.getByText("Leave it empty to keep the stored one.")).toBeVisible();
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
  await expect(script).toContainText("Still needed: Host, Database, User.");
  await schema.fill(page);
  await expect(script).toContainText(`CREATE SCHEMA IF NOT EXISTS "${schema.name}"`);
  await expect(script.getByRole("button", { name: "Copy the setup script" })).toBeVisible();
  expect(await sideways(page)).toBe(0);
});
