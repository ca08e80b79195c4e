import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { makeProject } from "@/testing/api/tenant";
import { unique } from "@/testing/browser/api";
import {
  closeAll,
  joinAlso,
  makeNamedTenant,
  makeOperator,
  makePerson,
  personIn,
  strangerPage,
} from "@/testing/browser/tenant";
import { expect, test } from "@/testing/browser/test";

test.afterEach(({ browser }) => closeAll(browser));

test("an API key is shown once, works as far as it may, and is refused once it is revoked", async ({
  browser,
  stack,
  request,
}) => {
  const tenant = await makeNamedTenant();
  const { page } = await personIn(browser, stack, tenant, "admin");
  await page.goto("/settings/api-keys");
  await page.getByRole("button", { name: "New API key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByText("Enter a name.")).toBeVisible();
  await dialog.getByLabel("Name").fill("Report");
  await dialog.getByRole("button", { name: "Create key" }).click();
  const key = await dialog.getByLabel("API key").inputValue();
  await expect(dialog.getByLabel(/^Try it/)).toContainText(`Bearer ${key}`);
  await dialog.getByRole("button", { name: "I have copied it" }).click();

  const headers = { authorization: `Bearer ${key}` };
  const exports = `${stack.web}/api/projects/${tenant.projectId}/exports`;
  expect((await request.get(exports, { headers })).status()).toBe(200);
  expect((await request.post(exports, { headers, data: {} })).status()).toBe(403);
  await page.reload();
  const row = page.getByRole("row").filter({ hasText: "Report" });
  await expect(row).toContainText("Read only");
  await expect(page.getByText(key)).toHaveCount(0);

  await row.getByRole("button", { name: "Revoke Report" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke key" }).click();
  await expect(row).toContainText("Revoked");
  expect((await request.get(exports, { headers })).status()).toBe(401);
});

const openSwitcher = (page: Page) => page.getByLabel("Switch organization or project").click();

test("the switcher leads to another project, found by its name", async ({ browser, stack }) => {
  const tenant = await makeNamedTenant();
  const second = await makeProject(tenant.organizationId);
  const { page } = await personIn(browser, stack, tenant, "viewer");
  await page.goto("/settings/projects");
  await openSwitcher(page);
  await page.getByPlaceholder("Find an organization or project").fill("a test's");
  await expect(page.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/exports$/);
  await expect(page.getByLabel("Switch organization or project")).toContainText(second.name);
  await page.reload();
  await expect(page.getByLabel("Switch organization or project")).toContainText(second.name);
  await page.goto("/settings/projects");
  await page.getByRole("button", { name: `Open ${tenant.projectName}` }).click();
  await expect(page.getByLabel("Switch organization or project")).toContainText(tenant.projectName);
});

test("who runs the installation makes an organization and its first project; others are told whom to ask", async ({
  browser,
  stack,
}) => {
  const tenant = await makeNamedTenant();
  const { page, person } = await personIn(browser, stack, tenant, "owner");
  await page.goto("/settings/projects");
  await expect(page.getByRole("table", { name: "Projects" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^New/ })).toHaveCount(0);
  await makeOperator(person);
  await page.reload();
  await page.getByRole("button", { name: "New organization" }).click();
  const name = unique("fresh");
  await page.getByLabel("Organization name").fill(name);
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page.getByRole("heading", { name: `Create the first project in ${name}` })).toBeVisible();
  await page.getByLabel("Project name").fill("Web");
  await page.getByLabel("Project ID in ClickHouse").fill(String(tenant.sourceProjectId));
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByText(/^Already belongs to a project/)).toBeVisible();
  await page.getByLabel("Project ID in ClickHouse").fill(String((tenant.sourceProjectId + 1) % 4_000_000_000));
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByRole("heading", { name: "No exports yet" })).toBeVisible();
  await expect(page.getByLabel("Switch organization or project")).toContainText(name);
});

test("a link of a mail leads through the sign-in into its organization, and nowhere else", async ({
  browser,
  stack,
}) => {
  const [home, other] = [await makeNamedTenant(), await makeNamedTenant()];
  const person = await makePerson(other, "owner");
  const page = await strangerPage(browser, stack);
  await page.goto(`/open/${other.organizationId}/settings/api-keys?project=${other.projectId}`);
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/settings\/api-keys\?project=/);
  await expect(page.getByRole("heading", { name: "API keys", level: 2 })).toBeVisible();

  await page.goto(`/open/${home.organizationId}/exports`);
  await expect(page.getByRole("heading", { name: "You’re not a member of this organization" })).toBeVisible();
  await page.goto(`/open/${other.organizationId}/sign-in`);
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
});

test("a link into another organization of one's own switches to it", async ({ browser, stack }) => {
  const [home, other] = [await makeNamedTenant(), await makeNamedTenant()];
  const { page, person } = await personIn(browser, stack, home, "viewer");
  await joinAlso(other.organizationId, person);
  await page.goto("/exports");
  await expect(page.getByLabel("Switch organization or project")).toContainText(home.name);
  await page.goto(`/open/${other.organizationId}/settings/members`);
  await expect(page).toHaveURL(/\/settings\/members$/);
  await expect(page.getByLabel("Switch organization or project")).toContainText(other.name);
});

test("a webhook shows its signing secret once, a test comes signed with it, and receipts are sent if asked for", async ({
  browser,
  stack,
}) => {
  const calls: { signature: string; body: string }[] = [];
  const server = createServer(async (incoming, answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    calls.push({ signature: String(incoming.headers["x-penstock-signature"]), body: Buffer.concat(chunks).toString() });
    answer.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { page } = await personIn(browser, stack, await makeNamedTenant(), "admin");
  await page.goto("/settings/alerts");
  await page.getByRole("button", { name: "Add channel" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Hook");
  await dialog.getByRole("switch", { name: "Send receipts" }).click();
  await dialog.getByLabel("Address").fill("http://169.254.169.254/latest");
  await dialog.getByRole("button", { name: "Add channel" }).click();
  await expect(dialog.getByLabel("Address")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("Address").fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
  await dialog.getByRole("button", { name: "Add channel" }).click();
  const secret = await dialog.getByLabel("Signing secret").inputValue();
  await dialog.getByRole("button", { name: "I have copied it" }).click();

  const channel = page.getByRole("list", { name: "Channels" }).getByRole("listitem");
  await expect(channel).toContainText("· receipts");
  await channel.getByRole("button", { name: "Edit Hook" }).click();
  await expect(dialog.getByRole("switch", { name: "Send receipts" })).toBeChecked();
  await dialog.getByRole("switch", { name: "Send receipts" }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(channel).not.toContainText("receipts");
  await channel.getByRole("button", { name: "Test Hook" }).click();
  await expect.poll(() => calls.length).toBe(1);
  const [{ signature, body }] = calls as [(typeof calls)[0]];
  const [, time, digest] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  expect(digest).toBe(createHmac("sha256", secret).update(`${time}.${body}`).digest("hex"));

  await channel.getByRole("switch", { name: "Send alerts to Hook" }).click();
  await expect(channel).toContainText("off");
  await channel.getByRole("button", { name: "Delete Hook" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete channel" }).click();
  await expect(page.getByRole("heading", { name: "No channels yet" })).toBeVisible();
  server.close();
});

test("without a mail server an owner reads the mails that were kept", async ({ browser, stack }) => {
  const { page } = await personIn(browser, stack, await makeNamedTenant(), "owner");
  await page.goto("/settings/members");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByLabel("Email").fill("kept@example.com");
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByText("No mail server is configured")).toBeVisible();
  const link = await page.getByLabel("Invitation link").inputValue();
  await page.goto("/settings/mails");
  const row = page.getByRole("row").filter({ hasText: "kept@example.com" });
  await expect(row).toContainText("Saved, not sent", { timeout: 60_000 });
  await row.getByRole("button").click();
  await expect(page.getByRole("dialog")).toContainText(link);
});
