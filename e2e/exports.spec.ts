import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { exports } from "@/lib/db/schema";
import { unique } from "@/testing/browser/api";
import { choose } from "@/testing/browser/choose";
import { expect, test } from "@/testing/browser/test";
import { hoursAgo } from "@/testing/browser/time";
import { next, startWizard } from "@/testing/browser/wizard";

const error = {
  code: "missing_permission",
  message: "The credentials don't have the permission s3:PutObject on the bucket e2e-lake.",
  fix: "Allow s3:PutObject on arn:aws:s3:::e2e-lake/* for this user; then retry the run.",
  retryable: false,
  statement: '{"Effect": "Allow", "Action": ["s3:PutObject"], "Resource": ["arn:aws:s3:::e2e-lake/*"]}',
};

test("an export that paused itself says why, resumes, and catches up what was missed", async ({ page, api }) => {
  const { id } = await api.createExport();
  const pause = { by: "failures" as const, at: hoursAgo(0), since: hoursAgo(3), failures: 3, error };
  await getDb().update(exports).set({ pause, failuresInRow: 3 }).where(eq(exports.id, id));
  await page.goto(`/exports/${id}`);
  const notice = page.getByRole("region", { name: "Why the schedule doesn’t run" });
  await expect(notice).toContainText("after 3 failures in a row");
  await expect(notice).toContainText(error.message);
  await expect(notice).toContainText(error.fix);
  await expect(notice.getByRole("region", { name: "Statement to add" })).toContainText('"arn:aws:s3:::e2e-lake/*"');
  await expect(notice.getByRole("button", { name: "Resume", exact: true })).toBeVisible();
  await notice.getByRole("button", { name: /^Resume and catch up [34] windows$/ }).click();

  await expect(notice).toBeHidden();
  await expect(page.getByRole("switch", { name: "Automatic exports" })).toBeChecked();
  await page.getByRole("tab", { name: "Historic exports" }).click();
  const item = page.getByRole("list", { name: "Historic exports" }).getByRole("listitem");
  await expect(item).toContainText(/([34]) of \1 windows completed/, { timeout: 90_000 });
});

test("an export is resumed, paused and deleted by its name", async ({ page, api }) => {
  const { id, name } = await api.createExport();
  await page.goto(`/exports/${id}`);
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
  await page.getByRole("switch", { name: "Automatic exports" }).click();
  await expect(page.getByText("Paused", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByRole("button", { name: "Delete export" })).toBeDisabled();
  await dialog.getByLabel("Type the export’s name to confirm").fill(name);
  await dialog.getByRole("button", { name: "Delete export" }).click();
  await expect(page).toHaveURL(/\/exports$/);
  await expect(page.getByRole("heading", { level: 1, name: "Exports" })).toBeVisible();
  await expect(page.getByRole("link", { name, exact: true })).toBeHidden();
});

test("a prefix that another export writes to is refused at its field", async ({ page, api }) => {
  const prefix = `e2e/${crypto.randomUUID()}/`;
  const other = await api.createExport({ destination: { type: "s3", prefix } });
  await startWizard(page, unique("same prefix"));
  await choose(page, "Connection", other.connectionName);
  await next(page, "What the files look like");
  await page.getByLabel("Key prefix").fill(prefix);
  await next(page, "When it runs");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Create export" }).click();
  await expect(page.getByRole("heading", { name: "What the files look like" })).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: `“${other.name}” writes the same keys` })).toBeVisible();
});
