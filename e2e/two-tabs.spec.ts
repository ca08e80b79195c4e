import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { invitations, members, user } from "@/lib/db/schema";
import { pathIn } from "@/lib/workspace-path";
import { makeConnection, makeExport } from "@/testing/api/make";
import { makeProject } from "@/testing/api/tenant";
import { closeAll, makeNamedTenant, personIn } from "@/testing/browser/tenant";
import { expect, test } from "@/testing/browser/test";

test.afterEach(({ browser }) => closeAll(browser));

const SWITCHER = "Switch organization or project";

test("two tabs work in two organizations, each in its own", async ({ browser, stack }) => {
  const [first, second] = [await makeNamedTenant(), await makeNamedTenant()];
  const { page, person } = await personIn(browser, stack, first, "owner");
  const [login] = await getDb().select().from(user).where(eq(user.email, person.email));
  await getDb().insert(members).values({ organizationId: second.organizationId, userId: login!.id, role: "owner" });
  await page.goto(pathIn(first, "/settings/members"));
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Email").fill("guest@example.com");

  const other = await page.context().newPage();
  await other.goto(pathIn(first, "/exports"));
  await other.getByLabel(SWITCHER).click();
  await other.getByRole("option", { name: second.projectName }).click();
  await expect(other).toHaveURL(new RegExp(`${pathIn(second, "/exports")}$`));
  await expect(other.getByLabel(SWITCHER)).toContainText(second.name);
  // A new tab opens what was used last.
  const third = await page.context().newPage();
  await expect(async () => {
    await third.goto("/");
    await expect(third).toHaveURL(new RegExp(`/o/${second.organizationId}/`), { timeout: 1000 });
  }).toPass();

  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect.poll(() => getDb().$count(invitations, eq(invitations.organizationId, first.organizationId))).toBe(1);
  expect(await getDb().$count(invitations, eq(invitations.organizationId, second.organizationId))).toBe(0);
  await page.reload();
  await expect(page.getByLabel(SWITCHER)).toContainText(first.name);
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Exports", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`${pathIn(first, "/exports")}$`));
});

test("Back returns to the project before, and settings lead back to the tab's project", async ({ browser, stack }) => {
  const tenant = await makeNamedTenant();
  const sibling = { ...tenant, projectId: (await makeProject(tenant.organizationId)).id };
  const mine = await makeExport(tenant, (await makeConnection(tenant)).id, { name: "In the first project" });
  const { page } = await personIn(browser, stack, tenant, "owner");
  await page.goto(pathIn(tenant, "/exports"));
  await expect(page.getByRole("link", { name: mine.name, exact: true })).toBeVisible();
  await page.goto(pathIn(sibling, "/exports"));
  await expect(page.getByRole("heading", { name: "No exports yet" })).toBeVisible();
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/o/${tenant.organizationId}/settings/organization$`));
  await page.getByRole("link", { name: "Exports", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`${pathIn(sibling, "/exports")}$`));
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await expect(page.getByRole("link", { name: mine.name, exact: true })).toBeVisible();
});

test("links without a workspace, and with a wrong one, open the export where it is", async ({ browser, stack }) => {
  const [first, second] = [await makeNamedTenant(), await makeNamedTenant()];
  const { page, person } = await personIn(browser, stack, first, "viewer");
  const [login] = await getDb().select().from(user).where(eq(user.email, person.email));
  await getDb().insert(members).values({ organizationId: second.organizationId, userId: login!.id, role: "viewer" });
  const connection = await makeConnection(second);
  const theirs = await makeExport(second, connection.id, { name: "Of the second" });
  const home = pathIn(second, `/exports/${theirs.id}`);
  const links = [
    [`/exports/${theirs.id}?tab=receipts`, `${home}?tab=receipts`],
    [`/open/${second.organizationId}/exports/${theirs.id}?tab=receipts`, `${home}?tab=receipts`],
    [pathIn(first, `/exports/${theirs.id}?tab=receipts`), `${home}?tab=receipts`],
    [pathIn(first, `/connections/${connection.id}`), pathIn(second, `/connections/${connection.id}`)],
    ["/exports?state=Failed", pathIn(first, "/exports?state=Failed")],
    ["/settings/members", pathIn(first, "/settings/members")],
    ["/account", pathIn(first, "/account")],
  ] as const;
  for (const [link, target] of links) {
    // The page before may still be making its organization the last one.
    await expect(async () => {
      await page.request.post("/api/me/switch", {
        data: { organizationId: first.organizationId },
        headers: { origin: stack.web },
      });
      await page.goto(link);
      await expect(page, link).toHaveURL(stack.web + target, { timeout: 2000 });
    }).toPass();
  }
  await page.goto(home);
  await expect(page.getByRole("heading", { name: "Of the second" })).toBeVisible();
});

test("an organization of others and an unknown project say what is wrong", async ({ browser, stack }) => {
  const [mine, others] = [await makeNamedTenant(), await makeNamedTenant()];
  const theirs = await makeExport(others, (await makeConnection(others)).id);
  const { page } = await personIn(browser, stack, mine, "owner");
  const closed = page.getByRole("heading", { name: "You’re not a member of this organization" });
  for (const path of ["/exports", `/exports/${theirs.id}`, "/settings/members"]) {
    await page.goto(pathIn(others, path));
    await expect(closed, path).toBeVisible();
    await expect(page.getByText(others.name), path).toHaveCount(0);
  }
  await page.goto("/o/nonsense/settings/members");
  await expect(closed).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("not-a-member.png") });
  await page.getByRole("link", { name: "Go to your organization" }).click();
  await expect(page).toHaveURL(new RegExp(`${pathIn(mine, "/exports")}$`));
  await page.goto(pathIn({ ...mine, projectId: others.projectId }, "/exports"));
  await expect(page.getByRole("heading", { name: "Project not found" })).toBeVisible();
  await page.goto(pathIn(mine, "/settings/nowhere"));
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
});

test("a member who is removed while a page is open sees why, and nothing else", async ({ browser, stack }) => {
  const [mine, left] = [await makeNamedTenant(), await makeNamedTenant()];
  const { page, person } = await personIn(browser, stack, mine, "viewer");
  const [login] = await getDb().select().from(user).where(eq(user.email, person.email));
  await getDb().insert(members).values({ organizationId: left.organizationId, userId: login!.id, role: "viewer" });
  await page.goto(pathIn(left, "/exports"));
  await expect(page.getByRole("heading", { name: "No exports yet" })).toBeVisible();
  await getDb().delete(members).where(eq(members.organizationId, left.organizationId));
  await page.getByRole("link", { name: "Connections", exact: true }).click();
  await expect(page.getByRole("heading", { name: "You’re not a member of this organization" })).toBeVisible();
});
