import { expect, test } from "@/testing/browser/test";

test("the policy is made for exactly the bucket, the folder and the key that are filled in", async ({ page }) => {
  await page.goto("/connections/new");
  await page.getByRole("button", { name: "Generate policy" }).click();
  const policy = page.getByRole("region", { name: "Policy", exact: true });
  await expect(policy).toContainText("Enter the bucket");

  await page.getByLabel("Bucket", { exact: true }).fill("e2e-lake");
  await page.getByLabel("Folder (optional)").fill("exports/penstock/");
  const iam = policy.getByRole("tabpanel", { name: "IAM policy" });
  await expect(iam).toContainText("arn:aws:s3:::e2e-lake/exports/penstock/*");
  await expect(iam).toContainText("s3:PutObject");
  const put = policy
    .getByRole("list", { name: "Permissions" })
    .getByRole("listitem")
    .filter({ hasText: "s3:PutObject" });
  await expect(put).toHaveText(/s3:PutObject.{10,}/);
  await expect(put).not.toContainText("Optional");
  const remove = policy.getByRole("listitem").filter({ hasText: "s3:DeleteObject" });
  await expect(remove).toContainText("Optional");

  await policy.getByLabel(/^KMS key/).fill("arn:aws:kms:eu-central-1:123456789012:key/e2e");
  await policy.getByRole("tab", { name: "KMS statement" }).click();
  await expect(policy.getByRole("tabpanel", { name: "KMS statement" })).toContainText("kms:GenerateDataKey");

  await expect(policy.getByRole("list", { name: "Permissions" })).not.toContainText("s3:PutObjectAcl");
  await page.getByRole("switch", { name: "Full control for the bucket’s owner" }).click();
  await expect(policy.getByRole("list", { name: "Permissions" })).toContainText("s3:PutObjectAcl");
});

test("the policy of a saved connection is copied as it stands", async ({ page, api, context, stack }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { id } = await api.createConnection();
  await page.goto(`/connections/${id}`);
  await page.getByRole("button", { name: "Generate policy" }).click();
  const dialog = page.getByRole("dialog", { name: "Policy" });
  await dialog.getByRole("button", { name: "Copy the IAM policy" }).click();
  await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(copied.Version).toBe("2012-10-17");
  expect(JSON.stringify(copied.Statement)).toContain(`arn:aws:s3:::${stack.s3.bucket}/`);
});
