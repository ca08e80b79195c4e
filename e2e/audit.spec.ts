import { unique } from "@/testing/browser/api";
import { choose } from "@/testing/browser/choose";
import { closeAll, makeNamedTenant, makePerson, personIn } from "@/testing/browser/tenant";
import { expect, test } from "@/testing/browser/test";

test.afterEach(({ browser }) => closeAll(browser));

test("the audit log shows who changed what, from what to what, and is filtered by its address", async ({
  browser,
  stack,
}) => {
  const tenant = await makeNamedTenant();
  const member = await makePerson(tenant, "viewer");
  const { page, person } = await personIn(browser, stack, tenant, "owner");
  const name = unique("renamed");
  await page.goto("/settings/organization");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByText(`Organization renamed to “${name}”`)).toBeVisible();
  await page.goto("/settings/members");
  await choose(page, `Role of ${member.name}`, /^Admin/);
  await expect(page.getByText(`${member.name} is admin now`)).toBeVisible();

  await page.goto("/settings/audit-log");
  const entries = page.getByRole("list", { name: "Audit log" }).locator("> li");
  const renamed = entries.filter({ hasText: "Organization changed" });
  await expect(renamed).toContainText(person.email);
  await renamed.locator("summary").click();
  const changes = renamed.getByRole("list", { name: "Changed fields" });
  await expect(changes).toContainText(`Before: ${tenant.name}`);
  await expect(changes).toContainText(`After: ${name}`);
  await expect(renamed).toContainText(/From\s*(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)/);

  await choose(page, "Object", /^Member$/);
  await expect(entries).toHaveCount(1);
  await expect(entries).toContainText("Member changed");
  await expect(page).toHaveURL(/objectType=member/);
  await page.reload();
  await expect(entries).toHaveCount(1);
  await entries.locator("summary").click();
  await expect(entries.getByRole("list", { name: "Changed fields" })).toContainText("After: admin");

  await page.getByRole("searchbox").fill("nobody is called so");
  await expect(page.getByRole("heading", { name: "No matching changes" })).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).last().click();
  await expect(renamed).toBeVisible();
  await expect(page).not.toHaveURL(/\?/);
});

test("what another organization does is not in the log", async ({ browser, stack }) => {
  const [ours, theirs] = [await makeNamedTenant(), await makeNamedTenant()];
  const { page: other } = await personIn(browser, stack, theirs, "owner");
  await other.goto("/settings/projects");
  await other.getByRole("button", { name: `Rename ${theirs.projectName}` }).click();
  await other.getByLabel("Project name").fill("Theirs alone");
  await other.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
  await expect(other.getByRole("row").filter({ hasText: "Theirs alone" })).toBeVisible();
  const { page } = await personIn(browser, stack, ours, "admin");
  await page.goto("/settings/audit-log?text=Theirs");
  await expect(page.getByRole("heading", { name: "No matching changes" })).toBeVisible();
  await other.goto("/settings/audit-log?text=Theirs");
  await expect(other.getByText("Project changed")).toBeVisible();
});
