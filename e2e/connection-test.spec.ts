import { unique } from "@/testing/browser/api";
import { choose } from "@/testing/browser/choose";
import { expect, test } from "@/testing/browser/test";
import { fillConnection, startWizard } from "@/testing/browser/wizard";

test("a test's result goes as soon as a setting changes", async ({ page, api }) => {
  await startWizard(page, unique("stale test"));
  await fillConnection(page, api.localConnection());
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("The connection works")).toBeVisible();
  await page.getByLabel("Bucket", { exact: true }).fill("another-bucket");
  await expect(page.getByText("The connection works")).toBeHidden();
  await expect(page.getByText("The settings have changed since the last test.")).toBeVisible();
});

test("another S3-compatible server needs an endpoint, and its key goes nowhere without one", async ({ page, api }) => {
  await startWizard(page, unique("no endpoint"));
  await fillConnection(page, api.localConnection());
  let asked = 0;
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().includes("/connections")) asked += 1;
  });
  await page.getByLabel("Endpoint").fill("");
  for (const button of ["Test connection", "Save and verify"]) {
    await page.getByRole("button", { name: button }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Enter an http:// or https:// URL" })).toBeVisible();
  }
  expect(asked).toBe(0);
  await choose(page, "Provider", "Amazon S3");
  await expect(page.getByLabel("Endpoint")).toBeHidden();
});

test("credentials about which the storage said nothing are unknown, not passed", async ({ page, api }) => {
  const connection = api.localConnection();
  // Nothing listens there.
  connection.config.endpoint = "http://127.0.0.1:9";
  await startWizard(page, unique("unknown"));
  await fillConnection(page, connection);
  await page.getByRole("button", { name: "Test connection" }).click();
  const step = page.getByRole("list", { name: "Connection test" }).getByRole("listitem");
  await expect(step.filter({ hasText: "Credentials" }).first()).toContainText("Unknown");
  await expect(step.filter({ hasText: "Reach" }).first()).toContainText("Failed");
});
