import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { projects } from "@/lib/db/schema";
import { makeKeys } from "@/testing/api/make";
import { unique } from "@/testing/browser/api";
import { expect, test } from "@/testing/browser/test";
import { fillConnection, startWizard } from "@/testing/browser/wizard";

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
  const { name, connectionName } = await api.createExport();
  await page.goto("/connections");
  await page.getByRole("link", { name: connectionName }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(connectionName);
  await expect(page.getByRole("list", { name: "Exports that use it" })).toHaveText(new RegExp(name));
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Delete connection" }).click();
  await expect(dialog.getByRole("alert")).not.toBeEmpty();
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toBeHidden();
});

test("with a connection's automatic exports off, its exports say so and lead back to it", async ({ page, api }) => {
  const connection = await api.createConnection();
  const { id } = await api.createExport({ connectionId: connection.id, paused: false });
  await page.goto(`/connections/${connection.id}`);
  // It shows before it is saved, and opening the next page would cut that off.
  const saved = page.waitForResponse((response) => response.request().method() === "PATCH");
  await page.getByRole("switch", { name: "Automatic exports" }).click();
  await expect(page.getByText("Schedules that use this connection don’t run.")).toBeVisible();
  expect((await saved).ok()).toBe(true);

  await page.goto(`/exports/${id}`);
  const notice = page.getByRole("region", { name: "Why the schedule doesn’t run" });
  await expect(notice).toContainText("Automatic exports are off for its connection");
  await notice.getByRole("link", { name: connection.name }).click();
  // The export's page has a switch with the same name.
  await expect(page.getByRole("heading", { level: 1 })).toContainText(connection.name);
  await page.getByRole("switch", { name: "Automatic exports" }).click();
  await expect(page.getByText("Exports that use this connection run on their schedules.")).toBeVisible();
});

test("the bucket of a verified connection is the organization's, and isn't released while the connection leads there", async ({
  page,
  api,
  stack,
}) => {
  const { id } = await api.createConnection();
  await page.goto(`/connections/${id}`);
  await expect(page.getByText("Claimed by your organization")).toBeVisible();
  await page.getByRole("link", { name: "your organization’s buckets" }).click();
  await page.getByRole("button", { name: `Release ${stack.s3.bucket}` }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Release bucket" }).click();
  await expect(dialog.getByRole("alert")).toContainText("connection");
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByRole("list", { name: "Buckets" })).toContainText(stack.s3.bucket);
});

test("keys that a deleted export has left are released", async ({ page, api, stack }) => {
  const { id, name } = await api.createExport();
  const [project] = await getDb().select().from(projects).where(eq(projects.id, stack.projectId));
  const tenant = { ...project!, projectId: stack.projectId, key: stack.apiKey };
  await makeKeys(tenant, id, [`${id}/a.jsonl.gz`, `${id}/b.jsonl.gz`]);
  await api.deleteExport(id);
  await page.goto("/connections");
  const item = page.getByRole("list", { name: "Reserved keys" }).getByRole("listitem").filter({ hasText: name });
  await expect(item).toContainText(`2 keys in left-behind, such as ${id}/a.jsonl.gz`);
  await item.getByRole("button", { name: `Release the keys of ${name}` }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Release keys" }).click();
  await expect(page.getByText("2 keys released")).toBeVisible();
  await expect(item).toBeHidden();
});
