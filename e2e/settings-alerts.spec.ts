import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { alerts, mails, projects } from "@/lib/db/schema";
import { queueMail } from "@/lib/services/mails/queue";
import { pageAs } from "@/testing/browser/people";
import { closeAll } from "@/testing/browser/tenant";
import { expect, test } from "@/testing/browser/test";
import { hoursAgo } from "@/testing/browser/time";

test.afterEach(({ browser }) => closeAll(browser));

test("an alert says what failed, what to do and who was notified, and leads to its export", async ({
  browser,
  stack,
  api,
}) => {
  const { id: exportId, name } = await api.createExport();
  const [project] = await getDb().select().from(projects).where(eq(projects.id, stack.projectId));
  const owner = { organizationId: project!.organizationId, projectId: project!.id };
  const failure = {
    code: "permission_missing",
    message: "The bucket refuses to be written.",
    fix: "Grant s3:PutObject on its objects.",
    retryable: false,
  };
  await getDb().transaction(async (tx) => {
    const window = { intervalStart: new Date(hoursAgo(2)), intervalEnd: new Date(hoursAgo(1)) };
    const values = { ...owner, exportId, kind: "failed" as const, cause: failure.code, failure, ...window };
    const [alert] = await tx.insert(alerts).values(values).returning();
    const text = {
      to: "on-call@example.com",
      subject: "An export failed",
      text: "It failed.",
      html: "<p>It failed.</p>",
    };
    const mailId = await queueMail(tx, { organizationId: owner.organizationId, alertId: alert!.id, ...text });
    await tx.update(mails).set({ state: "failed", lastError: "The mail server hung up." }).where(eq(mails.id, mailId));
  });

  const page = await pageAs(browser, stack, "admin");
  await page.goto("/settings/alerts");
  const item = page.getByRole("list", { name: "Alerts sent" }).locator("> li").filter({ hasText: name });
  await expect(item).toContainText("Failed");
  await expect(item).toContainText(failure.message);
  await expect(item).toContainText(`Fix: ${failure.fix}`);
  await expect(item).toContainText("1 not delivered");
  await item.locator("summary").click();
  const recipients = item.getByRole("list", { name: "Recipients" }).getByRole("listitem");
  await expect(recipients.filter({ hasText: "on-call@example.com" })).toContainText("The mail server hung up.");
  await item.getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
});

test("an alert of what a check found leads to the checks of its export", async ({ browser, stack, api }) => {
  const { id: exportId, name } = await api.createExport();
  const [project] = await getDb().select().from(projects).where(eq(projects.id, stack.projectId));
  const code = "check_destination_missing";
  const failure = { code, message: "2 files are missing.", fix: "Export the window again.", retryable: false };
  const window = { intervalStart: new Date(hoursAgo(2)), intervalEnd: new Date(hoursAgo(1)) };
  const owner = { organizationId: project!.organizationId, projectId: project!.id };
  await getDb()
    .insert(alerts)
    .values({ ...owner, exportId, kind: "finding", cause: code, failure, ...window });

  const page = await pageAs(browser, stack, "admin");
  await page.goto("/settings/alerts");
  const item = page.getByRole("list", { name: "Alerts sent" }).locator("> li").filter({ hasText: name });
  await expect(item).toContainText("Finding");
  await expect(item).toContainText("2 files are missing.");
  await expect(item).toContainText("Fix: Export the window again.");
  await item.getByRole("link", { name }).click();
  await expect(page.getByRole("tab", { name: "Checks" })).toHaveAttribute("aria-selected", "true");
});
