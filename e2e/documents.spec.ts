import type { Page } from "@playwright/test";
import { eq, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { session } from "@/lib/db/schema";
import { makeConnection, makeExport, makeRun } from "@/testing/api/make";
import { unique } from "@/testing/browser/api";
import { closeAll, makeNamedTenant, makeOperator, personIn } from "@/testing/browser/tenant";
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

/** What a page asks the API for when it is opened, and what its console complains of, as a wrong hydration. */
async function openedBy(page: Page, path: string, isLive = false): Promise<string[]> {
  const seen: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/") && request.method() === "GET") seen.push(pathname);
  });
  page.on("pageerror", ({ message }) => seen.push(message));
  page.on("console", (message) => message.type() === "error" && seen.push(message.text()));
  await page.goto(path);
  // Not by its role, which a drawer hides.
  await expect(page.locator("main h1")).toBeVisible();
  // A page that follows a run asks again and again.
  if (!isLive) await page.waitForLoadState("networkidle");
  page.removeAllListeners();
  return seen;
}

/** A document waits half a second for its answers; the first one after a start may need longer. */
const expectSilent = (page: Page, path: string) =>
  expect(async () => expect(await openedBy(page, path), path).toEqual([])).toPass({ timeout: 60_000 });

test("a page comes with what it would ask for", async ({ browser, stack }) => {
  test.setTimeout(300_000);
  const { tenant, connection, exported, organization, project } = await makeWorkspace();
  const { page: owner, person } = await personIn(browser, stack, tenant, "owner");
  await makeOperator(person);
  for (const path of [
    ...["exports", "activity", "connections", `connections/${connection.id}`].map((name) => `${project}/${name}`),
    ...[
      ...["organization", "members", "projects", "api-keys", "alerts", "audit-log"],
      ...["mails", "source", "installation"],
    ].map((name) => `${organization}/settings/${name}`),
    `${organization}/account`,
  ])
    await expectSilent(owner, path);
  // Members also request the estimate for the backfill offer.
  const { page: viewer } = await personIn(browser, stack, tenant, "viewer");
  for (const tab of ["", "?tab=constructor", "?tab=historic", "?tab=receipts", "?tab=checks", "?tab=settings"])
    await expectSilent(viewer, `${project}/exports/${exported.id}${tab}`);
});

test("a page that the browser completes does so without an error", async ({ browser, stack }) => {
  const { tenant, exported, project } = await makeWorkspace();
  const runId = await makeRun(tenant, exported.id, {
    ...{ intervalStart: new Date("2026-01-01T00:00:00Z"), intervalEnd: new Date("2026-01-01T01:00:00Z") },
    ...{ state: "Running", startedAt: new Date() },
  });
  const { page } = await personIn(browser, stack, tenant, "owner");
  // The API refuses to estimate what a source without rows would export.
  const isError = (text: string) => !text.startsWith("/api/") && !text.startsWith("Failed to load resource");
  for (const path of [
    ...["?tab=charts", "?tab=read", `?run=${runId}`, "?window=2026-01-01T00:00:00.000Z", "/edit"].map(
      (rest) => `exports/${exported.id}${rest}`,
    ),
    ...["exports/new", "connections/new"],
  ])
    expect((await openedBy(page, `${project}/${path}`, true)).filter(isError), path).toEqual([]);
});

test("a document has nothing that the API would refuse", async ({ browser, stack }) => {
  const { tenant, exported, organization, project } = await makeWorkspace();
  const { page: owner } = await personIn(browser, stack, tenant, "owner");
  const { page: viewer } = await personIn(browser, stack, tenant, "viewer");
  const { page: stranger } = await personIn(browser, stack, await makeNamedTenant(), "owner");
  const isIn = async ({ request }: Page, path: string) =>
    (await (await request.get(path, { headers: { accept: "text/html" } })).text()).includes(exported.name);
  // The owner's last: an answer that is late for one is late for all.
  const seen = async (path: string) => [await isIn(stranger, path), await isIn(viewer, path), await isIn(owner, path)];
  const expectSeen = (path: string, wanted: boolean[]) =>
    expect(async () => expect(await seen(path)).toEqual(wanted)).toPass({ timeout: 60_000 });
  await expectSeen(`${project}/exports`, [false, true, true]);
  await expectSeen(`${project}/exports/${exported.id}`, [false, true, true]);
  // The audit log includes the export's creation.
  await expectSeen(`${organization}/settings/audit-log`, [false, false, true]);
});

test("after signing out, Back shows nothing of the last person", async ({ browser, stack }) => {
  const { tenant, exported, project } = await makeWorkspace();
  const { page } = await personIn(browser, stack, tenant, "owner");
  await page.goto(`${project}/exports`);
  await expect(page.getByText(exported.name)).toBeVisible();
  await page.getByRole("link", { name: "Connections" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Connections" })).toBeVisible();
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/sign-in/);
  // Even without a server.
  await page.context().setOffline(true);
  await page.goBack({ waitUntil: "commit" }).catch(() => {});
  await expect(page.getByText(exported.name)).toHaveCount(0);
});

test("opening a page keeps a session alive", async ({ browser, stack }) => {
  const { tenant, organization } = await makeWorkspace();
  const { page, person } = await personIn(browser, stack, tenant, "owner");
  const ofPerson = eq(session.userId, person.userId);
  const hours = (n: number) => sql`now() + interval '1 hour' * ${n}`;
  await getDb()
    .update(session)
    .set({ updatedAt: hours(-20), expiresAt: hours(7 * 24 - 20) })
    .where(ofPerson);
  await page.goto(`${organization}/account`);
  await expect
    .poll(async () => {
      const [row] = await getDb().select().from(session).where(ofPerson);
      return Date.now() - (row?.updatedAt.getTime() ?? 0);
    })
    .toBeLessThan(60_000);
});
