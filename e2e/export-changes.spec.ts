import { unique } from "@/testing/browser/api";
import { choose } from "@/testing/browser/choose";
import { expect, test } from "@/testing/browser/test";
import { chooseConnection, next, startWizard } from "@/testing/browser/wizard";

test("a change of schedule says what the next window covers before it is saved", async ({ page, api }) => {
  const { id } = await api.createExport();
  await page.goto(`/exports/${id}/edit`);
  await expect(page.getByText("The next window covers")).toBeHidden();
  await choose(page, "How often", /^Every 8 hours/);
  await expect(page.getByText(/The next window covers .* UTC: from the old schedule’s last boundary/)).toBeVisible();
  await page.getByRole("combobox", { name: "How often" }).click();
  await expect(page.getByRole("option", { name: "Once" })).toBeDisabled();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("definition").filter({ hasText: "Every 8 hours" })).toBeVisible();
});

test("an export is duplicated under a prefix of its own", async ({ page, api }) => {
  const prefix = `e2e/${crypto.randomUUID()}/`;
  const original = await api.createExport({
    destination: { type: "s3", prefix, format: "csv", defuseFormulas: true },
    schedule: { every: "week", timezone: "Europe/Berlin", atHour: 6, atWeekday: 1 },
  });
  await page.goto("/exports");
  await page.getByRole("button", { name: `More for ${original.name}` }).click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect(page.getByLabel("Export name")).toHaveValue(`Copy of ${original.name}`);
  const name = unique("copy");
  await page.getByLabel("Export name").fill(name);
  await next(page, "Where it goes");
  await next(page, "What the files look like");
  await expect(page.getByRole("switch", { name: "Defuse formulas" })).toBeChecked();
  await expect(page.getByLabel("Key prefix")).toHaveValue(`${prefix.slice(0, -1)}-copy/`);
  await next(page, "When it runs");
  await next(page, name);
  await page.getByRole("button", { name: "Create export" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText("Every week on Monday at 06:00 Europe/Berlin")).toBeVisible();
  await expect(page.getByRole("switch", { name: "Automatic exports" })).toBeChecked();
  // The keyboard and screen readers go on from the new page.
  await expect(page.getByRole("heading", { level: 1, name })).toBeFocused();
});

test("run now exports the window that has just ended and opens its run", async ({ page, api }) => {
  const { id } = await api.createExport();
  await page.goto(`/exports/${id}`);
  await page.getByRole("button", { name: "Run now" }).click();
  await expect(page.getByText("Run started")).toBeVisible();
  await expect(page).toHaveURL(/run=/);
  await expect(page.getByRole("dialog").getByText("Completed")).toBeVisible({ timeout: 90_000 });
  expect((await api.runs(id)).items.map(({ trigger }) => trigger)).toEqual(["once"]);
});

test("all profiles once: the scheduled export that stands in the way is paused on the way", async ({ page, api }) => {
  const connection = await api.createConnection();
  const scheduled = await api.createExport({ model: "persons", connectionId: connection.id, paused: false });
  const name = unique("profiles");
  await startWizard(page, name, "Persons");
  await chooseConnection(page, connection);
  await page.getByLabel("Key prefix").fill(`e2e/${crypto.randomUUID()}/`);
  await next(page, "When it runs");
  await choose(page, "How often", /^Once/);
  await expect(page.getByRole("button", { name: "All profiles" })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText(/Starts right away and exports all profiles/)).toBeVisible();
  await next(page, name);
  await page.getByRole("button", { name: "Create export" }).click();
  await expect(
    page.getByRole("alert").filter({ hasText: "exports this project's profiles on a schedule" }),
  ).toBeVisible();
  await page.getByRole("button", { name: `Pause “${scheduled.name}” and create` }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText("One-time", { exact: true })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Completed" })).toBeVisible({ timeout: 90_000 });
  await page.goto(`/exports/${scheduled.id}`);
  await expect(page.getByText(/^Paused by \S+/)).toBeVisible();
});
