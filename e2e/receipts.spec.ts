import { createPublicKey, verify } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { receiptLinks } from "@/lib/db/schema";
import type { Signature } from "@/lib/fields/receipt";
import { canonicalJson, signedText } from "@/lib/receipts/canonical";
import { linkHash } from "@/lib/receipts/hash";
import type { ChainHead, PublicKeys } from "@/lib/schemas/receipt";
import { makeCheck } from "@/testing/api/make-checks";
import type { Api } from "@/testing/browser/api";
import { downloadBy } from "@/testing/browser/download";
import { nameless } from "@/testing/browser/nameless";
import { sideways } from "@/testing/browser/sideways";
import { expect, test } from "@/testing/browser/test";
import { hoursAgo, typed } from "@/testing/browser/time";

/** An export with this many committed windows up to the last full hour. */
async function committed(api: Api, windows: number): Promise<string> {
  const { id } = await api.createExport();
  await api.createHistoricExport(id, { start: hoursAgo(windows), end: hoursAgo(0) });
  const states = async () => (await api.runs(id)).items.map(({ state }) => state);
  await expect.poll(states, { timeout: 90_000 }).toEqual(Array(windows).fill("Completed"));
  return id;
}

/** Whether a published key verifies a statement. */
async function isSigned<T extends { signature: Signature }>(
  request: APIRequestContext,
  statement: T,
): Promise<boolean> {
  const { keys }: PublicKeys = await (await request.get("/.well-known/penstock-keys.json")).json();
  const key = keys.find(({ kid }) => kid === statement.signature.kid);
  if (!key) return false;
  const { kty, crv, x } = key;
  const publicKey = createPublicKey({ key: { kty, crv, x }, format: "jwk" });
  return verify(
    null,
    Buffer.from(signedText(statement)),
    publicKey,
    Buffer.from(statement.signature.value, "base64url"),
  );
}

test("a receipt is downloaded in the bytes that were signed, and accounts for every row", async ({
  page,
  api,
  request,
}) => {
  const id = await committed(api, 1);
  const [run] = (await api.runs(id)).items;
  await page.goto(`/exports/${id}?run=${run!.id}`);
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("tab", { name: "Receipt" }).click();

  const receipt = await api.receipt(run!.id);
  const { name, text } = await downloadBy(page, drawer.getByRole("button", { name: "Download the receipt" }));
  expect(name).toBe("receipt-1.json");
  expect(text).toBe(canonicalJson(receipt));
  expect(await isSigned(request, JSON.parse(text))).toBe(true);
  expect(await isSigned(request, { ...receipt, rows: receipt.rows + 1 })).toBe(false);

  const signed = drawer.getByRole("region", { name: "Signed" });
  await expect(signed).toContainText("Number in the chain1");
  await expect(signed.getByTitle(linkHash(receipt))).toBeVisible();
  await expect(signed).toContainText("In the bucket and in Penstock");
  const account = drawer.getByRole("region", { name: "Every row accounted for" });
  await expect(account.getByRole("row", { name: "Written" })).toContainText(receipt.rows.toLocaleString("en"));
  await expect(account).toContainText("The numbers add up");
  await expect(account.getByRole("row", { name: "Deleted" })).toHaveCount(0);
  await drawer.getByRole("button", { name: /^Check this receipt/ }).click();
  await expect(drawer.getByRole("region", { name: "Command" })).toContainText("node verify.mjs s3://");
  await expect(drawer.getByRole("link", { name: /^Verify receipts/ })).toHaveAttribute("href", "/verify");
});

test("a chain shows what a retry superseded, and its head is copied with its signature", async ({
  page,
  api,
  request,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const id = await committed(api, 1);
  const [first] = (await api.runs(id)).items;
  await api.retry(first!.id);
  await expect.poll(async () => (await api.runs(id)).items[0]?.state, { timeout: 90_000 }).toBe("Completed");
  await page.goto(`/exports/${id}?tab=receipts`);
  const rows = page.getByRole("table", { name: "Chain" }).locator("tbody tr");
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText("Supersedes");
  await expect(rows.first()).toContainText("retry");

  await page.getByRole("button", { name: "Copy the head" }).click();
  const head: ChainHead = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(head).toMatchObject({ exportId: id, sequence: 2 });
  expect(await isSigned(request, head)).toBe(true);
  await expect(rows.first().getByTitle(head.sha256).filter({ visible: true })).toHaveCount(1);
  await expect(page.getByRole("link", { name: /^Public keys/ })).toHaveAttribute("href", /penstock-keys\.json$/);

  await rows.first().getByRole("button", { name: /–/ }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("tab", { name: "Receipt" }).click();
  await drawer.getByRole("button", { name: "Open the earlier run" }).click();
  await expect(page).toHaveURL(new RegExp(`run=${first?.id}`));
});

test("a void link and the receipt that it voids name each other", async ({ page, api }) => {
  const id = await committed(api, 1);
  const [receipt] = await getDb().select().from(receiptLinks).where(eq(receiptLinks.exportId, id));
  await getDb().update(receiptLinks).set({ voidedBy: 2 }).where(eq(receiptLinks.exportId, id));
  await getDb()
    .insert(receiptLinks)
    .values({ ...receipt!, sequence: 2, type: "void", voids: 1, previous: receipt!.sha256, sha256: "0".repeat(64) });
  await page.goto(`/exports/${id}?tab=receipts`);
  const rows = page.getByRole("table", { name: "Chain" }).locator("tbody tr");
  await expect(rows.first()).toContainText("Void link");
  await expect(rows.first()).toContainText("Voids link 1");
  await expect(rows.last()).toContainText("Voided by link 2");
});

test("an export without receipts says so, and a range that is too long is refused at its field", async ({
  page,
  api,
}) => {
  const { id } = await api.createExport();
  await page.goto(`/exports/${id}?tab=receipts`);
  await expect(page.getByRole("heading", { name: "No signed receipts yet" })).toBeVisible();
  await page.getByLabel("From (UTC)").fill("2020-01-01T00:00");
  await page.getByRole("button", { name: "Create certificate" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "at most 10,000" })).toBeVisible();
  await expect(page).toHaveURL(/tab=receipts/);
});

test("a certificate names its findings first, and is downloaded in the bytes that were signed", async ({
  page,
  api,
  request,
}) => {
  const id = await committed(api, 1);
  await makeCheck((await api.runs(id)).items[0]!.id, { kind: "source", outcome: "late" });
  await page.goto(`/exports/${id}?tab=receipts`);
  await page.getByLabel("From (UTC)").fill(typed(hoursAgo(2)));
  await page.getByLabel("To (UTC)").fill(typed(hoursAgo(0)));
  await page.getByRole("button", { name: "Create certificate" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Certificate" })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/exports/${id}/certificate\\?from=.*&to=`));
  const findings = page.getByRole("region", { name: "Findings" });
  await expect(findings).toContainText("1 of 1 window isn’t as expected");
  await expect(findings).toContainText("Rows arrived in the source after this window was committed.");
  const rows = page.getByRole("table", { name: "Windows" }).locator("tbody tr");
  await expect(rows).toHaveCount(1);
  await expect(rows.getByRole("cell").filter({ hasText: /^Late rows/ })).toBeVisible();

  const { name, text } = await downloadBy(page, page.getByRole("button", { name: "Download" }));
  expect(name).toMatch(/^certificate-[\dT-]+\.json$/);
  expect(text).toBe(canonicalJson(JSON.parse(text)));
  expect(await isSigned(request, JSON.parse(text))).toBe(true);

  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  await expect(findings).toBeVisible();
});

test.describe("at the width of a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("receipt, chain, and certificate fit and name all their controls", async ({ page, api }) => {
    const id = await committed(api, 1);
    const [run] = (await api.runs(id)).items;
    await page.goto(`/exports/${id}?run=${run?.id}`);
    // The page below has a tab “Receipts”, and is there before the drawer.
    await page.getByRole("dialog").getByRole("tab", { name: "Receipt" }).click();
    await expect(page.getByRole("region", { name: "Every row accounted for" })).toBeVisible();
    expect(await sideways(page)).toBe(0);
    expect(await nameless(page)).toEqual([]);
    await page.goto(`/exports/${id}?tab=receipts`);
    await expect(page.getByRole("table", { name: "Chain" })).toBeVisible();
    expect(await sideways(page)).toBe(0);
    expect(await nameless(page)).toEqual([]);
    await page.getByRole("button", { name: "Create certificate" }).click();
    await expect(page.getByRole("table", { name: "Windows" })).toBeVisible();
    expect(await sideways(page)).toBe(0);
    expect(await nameless(page)).toEqual([]);
  });
});
