import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { invitations, members, user } from "@/lib/db/schema";
import { closeAll, makeNamedTenant, personIn } from "@/testing/browser/tenant";
import { expect, test } from "@/testing/browser/test";

test.afterEach(({ browser }) => closeAll(browser));

test("a tab of the organization before can't invite into the one that another tab has switched to", async ({
  browser,
  stack,
}) => {
  const [first, second] = [await makeNamedTenant(), await makeNamedTenant()];
  const { page, person } = await personIn(browser, stack, first, "owner");
  const [login] = await getDb().select().from(user).where(eq(user.email, person.email));
  await getDb().insert(members).values({ organizationId: second.organizationId, userId: login!.id, role: "owner" });
  await page.goto("/settings/members");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Email").fill("guest@example.com");

  const other = await page.context().newPage();
  await other.goto("/exports");
  const switched = await other.request.post("/api/me/switch", {
    data: { organizationId: second.organizationId },
    headers: { origin: stack.web },
  });
  expect(switched.status()).toBe(200);

  await dialog.getByRole("button", { name: "Send invitation" }).click();
  const notice = page.getByRole("alert").filter({ hasText: `You switched to ${second.name}` });
  await expect(notice).toBeVisible();
  for (const { organizationId } of [first, second])
    expect(await getDb().$count(invitations, eq(invitations.organizationId, organizationId))).toBe(0);
  await page.screenshot({ path: test.info().outputPath("switched.png") });
  await page.getByRole("button", { name: `Continue in ${second.name}` }).click();
  await expect(page.getByText(second.projectName)).toBeVisible();
});
