import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { exports } from "@/lib/db/schema";
import { expect, test } from "@/testing/browser/test";

test("an export of before the newest file schema is offered it with the reason, and is switched", async ({
  page,
  api,
}) => {
  const prefix = `e2e/${crypto.randomUUID()}/`;
  const destination = { type: "s3", prefix, layout: "hive", partitionByEvent: true, format: "parquet" } as const;
  const { id, name } = await api.createExport({ destination });
  const offer = page.getByRole("region", { name: "A newer file schema is available" });
  await page.goto(`/exports/${id}`);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(offer).toBeHidden();
  await getDb().update(exports).set({ fileSchema: 1 }).where(eq(exports.id, id));
  await page.reload();
  await expect(offer).toContainText("The column event is called event_name");
  await expect(offer).toContainText("pandas and pyarrow refuse the folder");
  await expect(offer).toContainText("Existing files don’t change");
  await offer.getByRole("button", { name: "Switch to the new file schema" }).click();
  await expect(page.getByText("uses the new file schema from its next run")).toBeVisible();
  await expect(offer).toBeHidden();
  await page.getByRole("tab", { name: "Settings" }).click();
  await expect(page.getByText("File schema", { exact: true })).toBeVisible();
  await page.goto(`/settings/audit-log?text=${encodeURIComponent(name)}`);
  const changed = page.getByRole("list", { name: "Audit log" }).locator("> li").filter({ hasText: "Export changed" });
  await changed.locator("summary").click();
  await expect(changed).toContainText("file schema");
});
