import type { Page } from "@playwright/test";
import type { Api } from "@/testing/browser/api";
import { choose } from "@/testing/browser/choose";
import { nameless } from "@/testing/browser/nameless";
import { sideways } from "@/testing/browser/sideways";
import { expect, test } from "@/testing/browser/test";
import { hoursAgo } from "@/testing/browser/time";

/** A Hive export with one completed run. */
async function completed(api: Api): Promise<{ id: string; runId: string }> {
  const { destination } = await api.createExport();
  const { id } = await api.createExport({
    destination: { ...destination, layout: "hive", format: "parquet" } as never,
  });
  await api.createHistoricExport(id, { start: hoursAgo(2), end: hoursAgo(1) });
  const states = async () => (await api.runs(id)).items.map(({ state }) => state);
  await expect.poll(states, { timeout: 90_000 }).toEqual(["Completed"]);
  return { id, runId: (await api.runs(id)).items[0]!.id };
}

const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test("an export says how to read it with the tool of one's choice, which is remembered", async ({
  page,
  context,
  api,
  stack,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { id } = await api.createExport();
  await page.goto(`/exports/${id}?tab=read`);
  const panel = page.getByRole("tabpanel", { name: "Read it" });
  await choose(page, "Tool", "DuckDB");
  await expect(panel.getByRole("region", { name: "Read events" })).toContainText(`s3://${stack.s3.bucket}/e2e/`);
  await choose(page, "Tool", "Python (pyarrow)");
  await panel.getByRole("button", { name: "Copy: Read events" }).click();
  await expect(panel.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await copied(page)).toContain("fs.S3FileSystem(");
  expect(await panel.textContent()).not.toContain(stack.s3.secretAccessKey);

  const other = await api.createExport();
  await page.goto(`/exports/${other.id}?tab=read`);
  await expect(page.getByLabel("Tool")).toHaveText("Python (pyarrow)");
  await choose(page, "Tool", "Athena");
  await expect(panel.getByText("Athena reads Amazon S3 only.")).toBeVisible();
});

test("a completed run says how to read exactly its files, and how to check its receipt", async ({ page, api }) => {
  const { id, runId } = await completed(api);
  const { files, source } = await api.receipt(runId);
  await page.goto(`/exports/${id}?run=${runId}`);
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("tab", { name: "Read it" }).click();
  if (files.length > 0) {
    await choose(page, "Tool", "AWS CLI");
    for (const { key } of files) await expect(drawer.getByRole("region", { name: "Read events" })).toContainText(key);
  }
  await choose(page, "Tool", "Check this receipt");
  await expect(drawer.getByRole("region", { name: "Penstock’s verifier" })).toContainText("node verify.mjs s3://");
  await expect(drawer.getByRole("region", { name: /with curl/ })).toContainText(source.query.slice(0, 20));
});

test.describe("at the width of a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("snippets wrap, and every control has a name", async ({ page, api }) => {
    const { id } = await api.createExport();
    await page.goto(`/exports/${id}?tab=read`);
    for (const tool of ["DuckDB", "ClickHouse", "Spark (PySpark)", "AWS CLI"]) {
      await choose(page, "Tool", tool);
      expect(await sideways(page)).toBe(0);
    }
    expect(await nameless(page)).toEqual([]);
  });
});
