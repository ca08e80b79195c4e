import { neededActions } from "@/lib/destinations/s3/policy";
import { unique } from "@/testing/browser/api";
import { sideways } from "@/testing/browser/sideways";
import { expect, test } from "@/testing/browser/test";
import { fillConnection } from "@/testing/browser/wizard";
import { TestBucket } from "@/testing/runs/bucket";
import { allow, makeUser } from "@/testing/runs/s3-users";

let bucket: TestBucket;
test.beforeEach(async () => {
  bucket = await TestBucket.make();
});
test.afterEach(() => bucket.remove());

test("a missing permission is named with its statement; once it is granted, the export's first run starts by itself", async ({
  page,
  api,
}) => {
  const user = await makeUser();
  await allow(bucket, user, ["s3:ListBucket"]);
  // The statement has the longest lines shown on a phone.
  await page.setViewportSize({ width: 390, height: 844 });
  const connection = api.localConnection();
  Object.assign(connection.config, user, { bucket: bucket.name });
  await page.goto("/connections/new");
  await fillConnection(page, connection);
  await page.getByRole("button", { name: "Save and verify" }).click();

  await expect(page.getByText("The connection doesn’t work yet")).toBeVisible();
  const failed = page
    .getByRole("list", { name: "Connection test" })
    .getByRole("listitem")
    .filter({ hasText: "Failed" });
  await expect(failed).toHaveCount(1);
  await expect(failed).toContainText("s3:PutObject");
  await expect(failed.getByRole("region", { name: "Statement to add" })).toContainText(`arn:aws:s3:::${bucket.name}/*`);

  expect(await sideways(page)).toBe(0);
  const connectionId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const { id } = await api.createExport({ name: unique("waits"), connectionId, paused: false });
  await page.goto(`/exports/${id}`);
  const notice = page.getByRole("region", { name: "Why the schedule doesn’t run" });
  await expect(notice).toContainText("Not started: its connection isn’t verified");
  await expect(page.getByText("No runs yet")).toBeVisible();
  await notice.getByRole("link", { name: connection.name }).click();
  const users = page.getByRole("list", { name: "Exports that use it" });
  await expect(users).toContainText("Waiting for verification");
  await expect(page.getByText("Nothing runs through this connection until it’s verified.")).toBeVisible();

  await allow(
    bucket,
    user,
    neededActions(false).map(({ action }) => action),
  );
  await page.getByRole("button", { name: "Verify again" }).click();
  await expect(page.getByText("The connection works")).toBeVisible();
  await expect(users).not.toContainText("Waiting for verification");
  await users.getByRole("link").click();
  await expect(notice).toBeHidden();
  await expect(page.getByRole("row").filter({ hasText: "Completed" })).toHaveCount(1, { timeout: 90_000 });
  expect(await bucket.keys()).toContainEqual(expect.stringMatching(/manifest/));
});
