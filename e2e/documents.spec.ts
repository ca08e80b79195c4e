import type { Page } from "@playwright/test";
import { makeConnection, makeExport } from "@/testing/api/make";
import { unique } from "@/testing/browser/api";
import { closeAll, makeNamedTenant, personIn } from "@/testing/browser/tenant";
import { expect, test } from "@/testing/browser/test";

test.afterEach(({ browser }) => closeAll(browser));

/** A tenant with a connection and an export, and the addresses of its pages. */
async function makeWorkspace() {
  const tenant = await makeNamedTenant();
  const connection = await makeConnection(tenant);
  const exported = await makeExport(tenant, connection.id, { name: unique("export") });
  const organization = `/o/${tenant.organizationId}`;
  return { tenant, connection, exported, organization, project: `${organization}/p/${tenant.projectId}` };
}

/** What a page asks the API for when it is opened. */
async function askedBy(page: Page, path: string): Promise<string[]> {
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/") && request.method() === "GET") asked.push(pathname);
  });
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  page.removeAllListeners("request");
  return asked;
}

/** A document waits half a second for its answers, which the first one after a start may need. */
const expectNothingAsked = (page: Page, path: string) =>
  expect(async () => expect(await askedBy(page, path), path).toEqual([])).toPass({ timeout: 60_000 });

test("a page comes with what it would ask for", async ({ browser, stack }) => {
  const { tenant, connection, exported, organization, project } = await makeWorkspace();
  const { page: owner } = await personIn(browser, stack, tenant, "owner");
  for (const path of [
    ...["exports", "activity", "connections", `connections/${connection.id}`].map((name) => `${project}/${name}`),
    ...["organization", "members", "projects", "api-keys", "alerts", "audit-log", "mails"].map(
      (name) => `${organization}/settings/${name}`,
    ),
    `${organization}/account`,
  ])
    await expectNothingAsked(owner, path);
  // Whoever may start runs is asked whether to backfill, once that is found out.
  const { page: viewer } = await personIn(browser, stack, tenant, "viewer");
  for (const tab of ["", "?tab=historic", "?tab=checks", "?tab=settings"])
    await expectNothingAsked(viewer, `${project}/exports/${exported.id}${tab}`);
});

test("a document has nothing that the API would refuse", async ({ browser, stack }) => {
  const { tenant, exported, organization, project } = await makeWorkspace();
  const { page: owner } = await personIn(browser, stack, tenant, "owner");
  const { page: viewer } = await personIn(browser, stack, tenant, "viewer");
  const { page: stranger } = await personIn(browser, stack, await makeNamedTenant(), "owner");
  const isIn = async (page: Page, path: string) =>
    (await (await page.request.get(path)).text()).includes(exported.name);
  const seen = async (path: string) => [await isIn(owner, path), await isIn(viewer, path), await isIn(stranger, path)];
  expect(await seen(`${project}/exports`)).toEqual([true, true, false]);
  expect(await seen(`${project}/exports/${exported.id}`)).toEqual([true, true, false]);
  // The log tells of the export's creation.
  expect(await seen(`${organization}/settings/audit-log`)).toEqual([true, false, false]);
});
