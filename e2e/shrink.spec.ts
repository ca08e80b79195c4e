import { pageAs } from "@/testing/browser/people";
import { expect, test } from "@/testing/browser/test";
import { hoursAgo } from "@/testing/browser/time";

test("a window is replaced by fewer rows only once somebody who may has seen both counts and agreed", async ({
  page,
  api,
  browser,
  stack,
}) => {
  const { id } = await api.createExport();
  await api.createHistoricExport(id, { start: hoursAgo(2), end: hoursAgo(1) });
  const newest = async () => (await api.runs(id)).items[0];
  await expect.poll(async () => (await newest())?.state, { timeout: 90_000 }).toBe("Completed");
  const first = (await newest())!;
  // Other filters, as good as lost rows, leave the source to other tests.
  await api.patchExport(id, { filters: { includeEvents: ["an event that nobody sends"] } });
  const { id: refused } = await api.retry(first.id);
  await expect.poll(async () => (await newest())?.state, { timeout: 90_000 }).toBe("Failed");

  const member = await pageAs(browser, stack, "member");
  await member.goto(`/exports/${id}?run=${refused}`);
  const theirs = member.getByRole("dialog");
  await expect(theirs.getByText(/^Only admins and higher roles can replace a window with fewer rows/)).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Allow fewer rows…" })).toBeHidden();
  await member.context().close();

  await page.goto(`/exports/${id}?run=${refused}`);
  const drawer = page.getByRole("dialog");
  const rows = first.rows!.toLocaleString("en");
  await expect(drawer.getByText(`but its receipt has ${first.rows}.`)).toBeVisible();
  const open = drawer.getByRole("button", { name: "Allow fewer rows…" });
  await open.click();
  const question = page.getByRole("alertdialog", { name: "Replace this window with fewer rows?" });
  await expect(question.getByText(`${rows} rows`, { exact: true })).toBeVisible();
  await expect(question.getByText("0 rows", { exact: true })).toBeVisible();
  const confirm = question.getByRole("button", { name: "Replace the window" });
  await expect(confirm).toBeDisabled();
  await question.getByRole("button", { name: "Keep the rows" }).click();
  await expect(question).toBeHidden();
  expect((await newest())?.id, "nothing has started").toBe(refused);

  await open.click();
  await expect(question.getByRole("checkbox"), "asked anew").not.toBeChecked();
  await question.getByText(`I accept the loss of at least ${rows} rows`).click();
  await confirm.click();
  await expect(question).toBeHidden();
  await expect(page).not.toHaveURL(new RegExp(refused));
  await expect(drawer.getByText("Completed")).toBeVisible({ timeout: 90_000 });
  const last = (await newest())!;
  expect(last).toMatchObject({ rows: 0, receiptStatus: "current" });

  await page.goto(`/settings/audit-log?objectId=${last.id}`);
  await expect(page.getByText("Window replaced with fewer rows")).toBeVisible();
});
