import { pathIn } from "@/lib/workspace-path";
import { makeConnection, makeExport } from "@/testing/api/make";
import { closeAll, makeNamedTenant, personIn } from "@/testing/browser/tenant";
import { expect, test } from "@/testing/browser/test";

test.afterEach(({ browser }) => closeAll(browser));

test("a link with an invalid ID says that the link isn't valid", async ({ page }) => {
  await page.goto("/exports/not-an-id");
  await expect(page.getByRole("alert").filter({ hasText: "This link isn’t valid." })).toBeVisible();
});

test("a form asks for each missing value by its name", async ({ page }) => {
  await page.goto("/connections/new");
  await page.getByLabel("Access key ID").fill("AKIAEXAMPLE");
  await expect(async () => {
    await page.getByRole("button", { name: "Test connection" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Enter the secret access key." })).toBeVisible({
      timeout: 2000,
    });
  }).toPass();
  await expect(page.getByRole("alert").filter({ hasText: "This field is required." })).toHaveCount(0);
});

test("an export that a member paused says who paused it", async ({ browser, stack }) => {
  const tenant = await makeNamedTenant();
  const { page, person } = await personIn(browser, stack, tenant, "admin");
  const { id } = await makeExport(tenant, (await makeConnection(tenant)).id, { paused: false });
  await page.goto(pathIn(tenant, `/exports/${id}`));
  const notice = page.getByRole("region", { name: "Why the schedule doesn’t run" });
  await page.getByRole("switch", { name: "Automatic exports" }).click();
  await expect(notice).toContainText(`Paused by ${person.name}`);
  await expect(notice).toContainText("Historic exports and retries can still run.");
});

test("what isn't there yet says what will appear", async ({ browser, stack }) => {
  const tenant = await makeNamedTenant();
  const { page } = await personIn(browser, stack, tenant, "admin");
  await page.goto(pathIn(tenant, "/settings/members"));
  await expect(page.getByText("Pending invitations appear here.")).toBeVisible();
  await page.goto(pathIn(tenant, "/settings/alerts"));
  await expect(page.getByRole("heading", { name: "Alerts sent" })).toBeVisible();
});
