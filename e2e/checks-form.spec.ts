import { unique } from "@/testing/browser/api";
import { choose } from "@/testing/browser/choose";
import { nameless } from "@/testing/browser/nameless";
import { sideways } from "@/testing/browser/sideways";
import { expect, test } from "@/testing/browser/test";
import { chooseConnection, next, startWizard } from "@/testing/browser/wizard";

test("an export's checks are set in its form, and refused at their fields", async ({ page, api }) => {
  const { id } = await api.createExport();
  await page.goto(`/exports/${id}/edit`);
  const looks = page.getByRole("group", { name: "Check the source again after the commit" });
  await expect(looks.getByRole("checkbox", { checked: true })).toHaveCount(5);
  await looks.getByRole("checkbox", { name: "10 minutes" }).click();
  await page.getByRole("radio", { name: /^Ask/ }).click();
  await choose(page, "Audit the destination", "Weekly");
  await page.getByLabel("Days back").fill("0");
  await page.getByLabel("Files read back, in percent").fill("250");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Must be at least 1" })).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "Must be between 0 and 100" })).toBeVisible();
  await page.getByLabel("Days back").fill("14");
  await page.getByLabel("Files read back, in percent").fill("2.5");
  await page.getByRole("switch", { name: "Consumers delete files after loading them" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(new RegExp(`/exports/${id}$`));

  await page.getByRole("tab", { name: "Settings" }).click();
  const settings = page.getByRole("tabpanel", { name: "Settings" });
  await expect(settings).toContainText("1 hour, 1 day, 7 days, and 30 days after the commit");
  await expect(settings).toContainText("If rows arrive lateAsk");
  await expect(settings).toContainText("Weekly, 14 days back");
  await expect(settings).toContainText("Files read back2.5%");
  await expect(settings).toContainText("Consumers delete files after loading themYes");
});

test("the wizard offers to expect deletions where readers usually delete files", async ({ page, api }) => {
  const connection = await api.createConnection();
  const name = unique("checks");
  await startWizard(page, name);
  await chooseConnection(page, connection);
  await page.getByRole("radio", { name: /^CleverTap/ }).click();
  await next(page, "When it runs");
  await expect(page.getByText("Tools that load CleverTap files often move or delete them afterward.")).toBeVisible();
  await page.getByRole("switch", { name: "Consumers delete files after loading them" }).click();
  await next(page, name);
  const settings = page.getByRole("region", { name: "Settings" });
  await expect(settings).toContainText("Consumers delete files after loading themYes");
  await expect(settings).toContainText("10 minutes, 1 hour, 1 day, 7 days, and 30 days after the commit");
  await page.getByRole("button", { name: "Back" }).click();

  await page.getByLabel("Days back").fill("");
  await page.getByRole("button", { name: /^Checks/ }).click();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(page.getByLabel("Days back")).toHaveAttribute("aria-invalid", "true");
});

test.describe("at the width of a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("the checks of an export fit", async ({ page, api }) => {
    const { id } = await api.createExport();
    await page.goto(`/exports/${id}/edit`);
    await expect(page.getByRole("heading", { name: "Checks" })).toBeVisible();
    expect(await sideways(page)).toBe(0);
    expect(await nameless(page)).toEqual([]);
  });
});
