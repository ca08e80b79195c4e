import { unique } from "./support/api";
import { expect, test } from "./support/test";
import { fillConnection, startWizard } from "./support/wizard";

test("a test with a wrong secret says what is wrong and how to mend it", async ({ page, api }) => {
  const connection = api.localConnection();
  connection.config.secretAccessKey = "not-the-secret-of-this-key";
  await startWizard(page, unique("wrong secret"));
  await fillConnection(page, connection);
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("The connection doesn’t work yet")).toBeVisible();
  const failed = page
    .getByRole("list", { name: "Connection test" })
    .getByRole("listitem")
    .filter({ hasText: "Failed" });
  await expect(failed.first()).toContainText(/Fix: .+/);
});

test("a connection that an export uses can't be deleted, and the dialog says so", async ({ page, api }) => {
  const { connectionName } = await api.createExport();
  await page.goto("/connections");
  const card = page.getByRole("article", { name: connectionName });
  await card.getByRole("button", { name: "Test" }).click();
  await expect(card.getByText("The connection works")).toBeVisible();
  await card.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Delete connection" }).click();
  await expect(dialog.getByRole("alert")).not.toBeEmpty();
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toBeHidden();
  await expect(card).toBeVisible();
});
