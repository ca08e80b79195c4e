import { unique } from "@/testing/browser/api";
import { choose } from "@/testing/browser/choose";
import { expect, test } from "@/testing/browser/test";
import { fillConnection, next, startWizard } from "@/testing/browser/wizard";

test("the wizard's steps are history entries, and a reload keeps what was entered", async ({ page, api }) => {
  const { connectionName } = await api.createExport();
  const name = unique("history");
  await startWizard(page, name);
  await expect(page).toHaveURL(/step=destination/);
  await choose(page, "Connection", connectionName);
  await next(page, "What the files look like");
  const prefix = `e2e/${crypto.randomUUID()}/`;
  await page.getByLabel("Key prefix").fill(prefix);

  await page.goBack();
  await expect(page.getByRole("heading", { name: "Where it goes" })).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel("Export name")).toHaveValue(name);
  await page.goForward();
  await page.goForward();
  await expect(page.getByLabel("Key prefix")).toHaveValue(prefix);

  await page.reload();
  await expect(page.getByRole("heading", { name: "What the files look like" })).toBeVisible();
  await expect(page.getByLabel("Key prefix")).toHaveValue(prefix);
  await expect(page.getByText("Draft restored.")).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("draft-1280.png") });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: test.info().outputPath("draft-390.png") });
  await page.setViewportSize({ width: 1280, height: 720 });
  await next(page, "When it runs");
  await next(page, name);
  await page.getByRole("button", { name: "Create export" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

  // What is created is no draft any more.
  await page.goto("/exports/new?step=review");
  await expect(page.getByLabel("Export name")).toHaveValue("");
  await expect(page).toHaveURL(/\/exports\/new$/);
});

test("after the session has expired, signing in leads back to the step with all but the secret", async ({
  page,
  api,
  stack,
}) => {
  const connection = api.localConnection();
  connection.config.secretAccessKey = unique("secret");
  const name = unique("expired");
  await startWizard(page, name);
  await fillConnection(page, connection);
  await page.context().clearCookies();
  const asked: string[] = [];
  page.on("dialog", async (dialog) => {
    asked.push(dialog.type());
    await dialog.accept();
  });
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  expect(asked).toEqual([]);
  const kept = await page.evaluate(() => JSON.stringify(sessionStorage));
  expect(kept).toContain(connection.config.bucket);
  expect(kept).not.toContain(connection.config.secretAccessKey);
  await page.getByLabel("Email").fill(stack.login.email);
  await page.getByLabel("Password").fill(stack.login.password);
  await page.getByRole("button", { name: "Sign in" }).click();

  await expect(page.getByRole("heading", { name: "Where it goes" })).toBeVisible();
  await expect(page.getByLabel("Bucket", { exact: true })).toHaveValue(connection.config.bucket);
  await expect(page.getByLabel("Endpoint")).toHaveValue(connection.config.endpoint ?? "");
  await expect(page.getByLabel("Secret access key")).toHaveValue("");
  await page.goBack();
  await expect(page.getByLabel("Export name")).toHaveValue(name);
});

test("leaving the wizard asks first, and the draft waits until it is dropped", async ({ page }) => {
  const name = unique("left");
  await page.goto("/exports/new");
  await page.getByRole("link", { name: "Connections" }).click();
  await expect(page).toHaveURL(/\/connections$/);
  await page.goto("/exports/new");
  await page.getByLabel("Export name").fill(name);
  await page.getByRole("link", { name: "Connections" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Leave the new export?" });
  await expect(dialog).toContainText("Your draft stays in this tab");
  await page.screenshot({ path: test.info().outputPath("leave-1280.png") });
  await dialog.getByRole("button", { name: "Stay" }).click();
  await expect(page.getByLabel("Export name")).toHaveValue(name);
  await page.getByRole("link", { name: "Connections" }).click();
  await dialog.getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Connections" })).toBeVisible();

  await page.goto("/exports/new");
  await expect(page.getByLabel("Export name")).toHaveValue(name);
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(page.getByLabel("Export name")).toHaveValue("");
  await expect(page.getByText("Draft restored.")).toHaveCount(0);
});

test("unsaved changes of an export are asked about too, and closing the tab as well", async ({ page, api }) => {
  const { id } = await api.createExport();
  await page.goto(`/exports/${id}/edit`);
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page).toHaveURL(new RegExp(`/exports/${id}$`));
  await page.goto(`/exports/${id}/edit`);
  await page.getByLabel("Export name").fill(unique("unsaved"));
  await page.getByRole("link", { name: "Cancel" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Leave without saving?" });
  await dialog.getByRole("button", { name: "Stay" }).click();
  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  expect((await asked).type()).toBe("beforeunload");
});

test("signing out drops drafts", async ({ stack, browser }) => {
  const context = await browser.newContext({ baseURL: stack.web, storageState: { cookies: [], origins: [] } });
  const own = await context.newPage();
  await own.goto("/sign-in?next=/exports/new");
  await own.getByLabel("Email").fill(stack.login.email);
  await own.getByLabel("Password").fill(stack.login.password);
  await own.getByRole("button", { name: "Sign in" }).click();
  await own.getByLabel("Export name").fill(unique("signed out"));
  const drafts = () => own.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes("draft")));
  await expect.poll(drafts).toHaveLength(1);
  await own.getByRole("button", { name: /^Account/ }).click();
  await own.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(own).toHaveURL(/\/sign-in/);
  expect(await drafts()).toEqual([]);
  await context.close();
});

test("a new connection is kept in a draft without its secret, and asks before a link leaves it", async ({
  page,
  api,
}) => {
  const connection = api.localConnection();
  connection.config.secretAccessKey = unique("secret");
  await page.goto("/connections/new");
  await fillConnection(page, connection);
  await page.getByRole("link", { name: "Connections" }).first().click();
  const question = page.getByRole("alertdialog", { name: "Leave the new connection?" });
  await question.getByRole("button", { name: "Stay" }).click();
  await expect(question).toBeHidden();

  await page.reload();
  await expect(page.getByText("Draft restored.")).toBeVisible();
  await expect(page.getByLabel("Bucket", { exact: true })).toHaveValue(connection.config.bucket);
  await expect(page.getByLabel("Secret access key")).toHaveValue("");
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(connection.config.secretAccessKey);
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(page.getByLabel("Bucket", { exact: true })).toHaveValue("");
  await expect(page.getByText("Draft restored.")).toBeHidden();
  await page.getByRole("link", { name: "Connections" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Connections" })).toBeVisible();
});

test("unsaved changes of an export outlive Back and an expired session", async ({ page, api, stack }) => {
  const { id } = await api.createExport();
  const name = unique("changed");
  const field = page.getByLabel("Export name");
  await page.goto(`/exports/${id}`);
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await field.fill(name);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goForward();
  await expect(page.getByText("Draft restored.")).toBeVisible();
  await expect(field).toHaveValue(name);

  await page.context().clearCookies();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel("Email").fill(stack.login.email);
  await page.getByLabel("Password").fill(stack.login.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(field).toHaveValue(name);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.goto(`/exports/${id}/edit`);
  await expect(field).toHaveValue(name);
  await expect(page.getByText("Draft restored.")).toBeHidden();
});
