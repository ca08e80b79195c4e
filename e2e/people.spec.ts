import type { Page } from "@playwright/test";
import { getDb } from "@/lib/db/client";
import { insertApiKey } from "@/lib/services/api-keys/insert";
import { unique } from "@/testing/browser/api";
import { choose } from "@/testing/browser/choose";
import { pageOf } from "@/testing/browser/people";
import { closeAll, makeNamedTenant, makePerson, personIn, strangerPage } from "@/testing/browser/tenant";
import { expect, test } from "@/testing/browser/test";

test.afterEach(({ browser }) => closeAll(browser));

/** Invites through the dialog and returns the link that it shows. */
async function invite(page: Page, email: string, role: string): Promise<string> {
  await page.goto("/settings/members");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Email").fill(email);
  await choose(page, "Role", new RegExp(`^${role}`));
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  const link = await dialog.getByLabel("Invitation link").inputValue();
  await dialog.getByRole("button", { name: "Done" }).click();
  return link;
}

const address = () => `${unique("mail").replaceAll(" ", "-")}@example.com`;

test("an invitation leads from the dialog to a signed-in member, once", async ({ browser, stack }) => {
  const tenant = await makeNamedTenant();
  const { page } = await personIn(browser, stack, tenant, "owner");
  const email = address();
  const link = await invite(page, email, "Member");
  await expect(page.getByRole("table", { name: "Pending invitations" })).toContainText(email);

  const guest = await strangerPage(browser, stack);
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: `Join ${tenant.name}` })).toBeVisible();
  await expect(guest.getByText(`As member, with ${email}`)).toBeVisible();
  await guest.getByLabel("Your name").fill("Gwen Guest");
  await guest.getByLabel("Password").fill("too short");
  await guest.getByRole("button", { name: "Join" }).click();
  await expect(guest.getByText("Must be at least 12 characters")).toBeVisible();
  await guest.getByLabel("Password").fill("long enough to be good");
  await guest.getByRole("button", { name: "Join" }).click();
  await expect(guest.getByRole("heading", { level: 1, name: "Exports" })).toBeVisible();
  await expect(guest.getByText(tenant.projectName)).toBeVisible();

  await page.reload();
  await expect(page.getByRole("row").filter({ hasText: email })).toContainText("Gwen Guest");
  await expect(page.getByRole("heading", { name: "No pending invitations" })).toBeVisible();
  const late = await strangerPage(browser, stack);
  await late.goto(link);
  await expect(late.getByRole("heading", { name: "This invitation isn’t valid" })).toBeVisible();
});

test("an invitation is sent again with another link, and revoked", async ({ browser, stack }) => {
  const { page } = await personIn(browser, stack, await makeNamedTenant(), "admin");
  const email = address();
  const first = await invite(page, email, "Viewer");
  await page.getByRole("button", { name: `Resend the invitation to ${email}` }).click();
  const second = await page.getByLabel("Invitation link").inputValue();
  expect(second).not.toBe(first);
  await page.getByRole("button", { name: "Done" }).click();

  const guest = await strangerPage(browser, stack);
  await guest.goto(first);
  await expect(guest.getByRole("heading", { name: "This invitation isn’t valid" })).toBeVisible();
  await page.getByRole("button", { name: `Revoke the invitation for ${email}` }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke invitation" }).click();
  await expect(page.getByRole("heading", { name: "No pending invitations" })).toBeVisible();
  await guest.goto("about:blank");
  await guest.goto(second);
  await expect(guest.getByRole("heading", { name: "This invitation isn’t valid" })).toBeVisible();
});

test("somebody with a login joins with it, and then has two organizations", async ({ browser, stack }) => {
  const [home, other] = [await makeNamedTenant(), await makeNamedTenant()];
  const guest = await makePerson(home, "viewer");
  const { page } = await personIn(browser, stack, other, "owner");
  const link = await invite(page, guest.email, "Admin");

  // Another user uses this browser.
  const { page: shared, person } = await personIn(browser, stack, home, "member");
  await shared.goto(link);
  await expect(shared.getByText(`You are signed in as ${person.email}`)).toBeVisible();
  await shared.getByRole("button", { name: "Sign out and continue" }).click();
  await expect(shared.getByLabel("Email")).toHaveValue(guest.email);
  await shared.getByLabel("Password").fill(guest.password);
  await shared.getByRole("button", { name: "Sign in and join" }).click();

  await expect(shared.getByText(other.projectName)).toBeVisible();
  await shared.getByLabel("Switch organization or project").click();
  await expect(shared.getByRole("option", { name: home.projectName })).toBeVisible();
});

test("the last owner stays one, and the page says why", async ({ browser, stack }) => {
  const { page, person } = await personIn(browser, stack, await makeNamedTenant(), "owner");
  await page.goto("/settings/members");
  const role = page.getByRole("combobox", { name: `Role of ${person.name}` });
  // It is refused, so the list doesn't show it as chosen.
  await expect(async () => {
    if ((await page.getByRole("listbox").count()) === 0) await role.click({ timeout: 5000 });
    await page.getByRole("option", { name: /^Admin/ }).click({ timeout: 5000 });
    await expect(page.getByText(/last owner/)).toBeVisible({ timeout: 5000 });
  }).toPass();
  await expect(role).toHaveText("Owner");
  await page.getByRole("button", { name: "Leave the organization" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("alertdialog").getByRole("alert")).not.toBeEmpty();
});

test("an admin changes members, but no owner", async ({ browser, stack }) => {
  const tenant = await makeNamedTenant();
  const [owner, member] = [await makePerson(tenant, "owner"), await makePerson(tenant, "member")];
  const { page } = await personIn(browser, stack, tenant, "admin");
  await page.goto("/settings/members");
  await expect(page.getByRole("row").filter({ hasText: owner.email })).toContainText("Owner");
  await expect(page.getByRole("combobox", { name: `Role of ${owner.name}` })).toHaveCount(0);
  await expect(page.getByRole("button", { name: `Remove ${owner.name}` })).toHaveCount(0);
  const role = page.getByRole("combobox", { name: `Role of ${member.name}` });
  await role.click();
  await expect(page.getByRole("option")).toHaveCount(3);
  await page.keyboard.press("Escape");
  await choose(page, `Role of ${member.name}`, /^Viewer/);
  await expect(page.getByText(`${member.name} is viewer now`)).toBeVisible();
  await expect(role).toHaveText("Viewer");
});

test("who is removed is out at once, and is told so at the sign-in", async ({ browser, stack }) => {
  const tenant = await makeNamedTenant();
  const { page } = await personIn(browser, stack, tenant, "owner");
  const { page: theirs, person } = await personIn(browser, stack, tenant, "member");
  await theirs.goto("/exports");
  await expect(theirs.getByText(tenant.projectName)).toBeVisible();
  const key = unique("key");
  const { organizationId, projectId } = tenant;
  const of = { organizationId, projectId, scopes: ["read" as const], expiresAt: null, role: "member" as const };
  await insertApiKey(getDb(), { ...of, name: key, createdBy: person.userId });
  await page.goto("/settings/members");
  await page.getByRole("button", { name: `Remove ${person.name}` }).click();
  await expect(page.getByRole("alertdialog").getByRole("listitem")).toHaveText([key]);
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove member" }).click();
  await expect(page.getByText(person.email)).toHaveCount(0);

  await theirs.goto("/connections");
  await expect(theirs).toHaveURL(/\/sign-in/);
  await theirs.getByLabel("Email").fill(person.email);
  await theirs.getByLabel("Password").fill(person.password);
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await expect(theirs.getByRole("alert").filter({ hasText: "no longer a member of any organization" })).toBeVisible();
});

test("a viewer sees the settings without a button that changes them, and is told who may", async ({
  browser,
  stack,
}) => {
  const tenant = await makeNamedTenant();
  const owner = await makePerson(tenant, "owner");
  const { page } = await personIn(browser, stack, tenant, "viewer");
  for (const path of ["organization", "members", "projects", "alerts"]) {
    await page.goto(`/settings/${path}`);
    await expect(page.getByRole("main").getByRole("heading", { level: 2 }).first()).toBeVisible();
    await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
    const controls = page.getByRole("main").locator("button:visible, input:visible, [role=combobox]:visible");
    // The only control left is read-only: it copies the external id.
    await expect(controls).toHaveCount(path === "organization" ? 1 : 0);
  }
  await page.goto("/settings/members");
  await expect(page.getByRole("row").filter({ hasText: owner.email })).toContainText("Owner");
  await expect(page.getByRole("link", { name: "Audit log" })).toHaveCount(0);
  const closed = { "api-keys": "Only admins", "audit-log": "Only admins", mails: "Only owners" };
  for (const [path, who] of Object.entries(closed)) {
    await page.goto(`/settings/${path}`);
    await expect(page.getByText(new RegExp(`^${who}.*can`)), path).toBeVisible();
  }
});

test("sessions are listed, and one that is ended is out", async ({ browser, stack }) => {
  const { page, person } = await personIn(browser, stack, await makeNamedTenant(), "viewer");
  const elsewhere = await pageOf(browser, stack, person);
  await elsewhere.goto("/exports");
  await expect(elsewhere.getByRole("heading", { level: 1, name: "Exports" })).toBeVisible();
  await page.goto("/account");
  const sessions = page.getByRole("list", { name: "Sessions" }).getByRole("listitem");
  await expect(sessions).toHaveCount(2);
  await expect(sessions.filter({ hasText: "This device" })).toHaveCount(1);
  await sessions.getByRole("button", { name: /^Sign out/ }).click();
  await expect(sessions).toHaveCount(1);
  await elsewhere.goto("/connections");
  await expect(elsewhere).toHaveURL(/\/sign-in/);

  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
});

test("another password needs the current one, and ends the other sessions", async ({ browser, stack }) => {
  const { page, person } = await personIn(browser, stack, await makeNamedTenant(), "member");
  const elsewhere = await pageOf(browser, stack, person);
  await page.goto("/account");
  await page.getByLabel("Current password").fill("not my password");
  await page.getByLabel("New password").fill("a better password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByLabel("Current password")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Current password").fill(person.password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Password changed")).toBeVisible();
  await expect(page.getByRole("list", { name: "Sessions" }).getByRole("listitem")).toHaveCount(1);
  await elsewhere.goto("/exports");
  await expect(elsewhere).toHaveURL(/\/sign-in/);
});
