import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";
import { sideways } from "@/testing/browser/sideways";
import { expect, test } from "@/testing/browser/test";
import { buildVerifier } from "@/verifier/build/index";
import { type Buckets, makeBuckets } from "@/verifier/tests/make-buckets";

let buckets: Buckets;
let dist: string;

test.use({ storageState: { cookies: [], origins: [] } });

test.beforeAll(async () => {
  buckets = makeBuckets();
  dist = mkdtempSync(join(tmpdir(), "penstock-dist-"));
  await buildVerifier(dist);
});

test.afterAll(() => {
  buckets.remove();
  rmSync(dist, { recursive: true });
});

const choose = (page: Page, name: string) =>
  page.getByLabel("Choose a folder").setInputFiles(join(buckets.folder, name));

/** The same page twice: in the app, and as a file on disk. */
const PLACES = [
  { where: "in the app", address: () => "/verify" },
  { where: "from disk", address: () => pathToFileURL(join(dist, "verify.html")).href },
];

for (const { where, address } of PLACES) {
  test.describe(where, () => {
    test("verifies a folder, and sends nothing", async ({ page }) => {
      await page.goto(address());
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Verify receipts");
      await page.waitForLoadState("networkidle");
      const sent: string[] = [];
      page.on("request", (request) => sent.push(request.url()));
      await choose(page, "good-formats");
      await expect(page.getByRole("status")).toHaveText(/True: \d+ checks/);
      await expect(page.getByText("Signatures were checked with the keys beside the receipts.")).toBeVisible();
      expect(sent).toEqual([]);
    });

    test("shows what is false", async ({ page }) => {
      await page.goto(address());
      await choose(page, "object-truncated");
      await expect(page.getByRole("status")).toHaveText(/False: 1 of \d+ checks/);
      await expect(page.getByText("-0.jsonl.gz").first()).toBeVisible();
    });

    test("uses other keys", async ({ page }) => {
      await page.goto(address());
      await page.getByLabel("Use other public keys").setInputFiles(join(buckets.folder, "keys.json"));
      await expect(page.getByText("Signatures are checked with keys.json.")).toBeVisible();
      await choose(page, "forged-keys-beside");
      await expect(page.getByRole("status")).toHaveText(/False: \d+ of \d+ checks/);
    });

    test("takes single files", async ({ page }) => {
      const folder = join(buckets.folder, "good/prod");
      const bounds = "20260329T000000Z-20260329T010000Z";
      const names = ["_manifest.json", "-0.jsonl.gz", "-1.jsonl.gz"].map((end) => `e1/${bounds}${end}`);
      await page.goto(address());
      const files = [...names, "_penstock/keys.json"].map((name) => join(folder, name));
      await page.getByLabel("Choose files").setInputFiles(files);
      await expect(page.getByRole("status")).toHaveText(/True: \d+ checks/);
      await expect(page.getByText("Single receipts were checked")).toBeVisible();
    });

    test("fits a phone", async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(address());
      await choose(page, "object-flipped");
      await expect(page.getByRole("status")).toHaveText(/False: 2 of \d+ checks/);
      expect(await sideways(page)).toBe(0);
    });
  });
}
