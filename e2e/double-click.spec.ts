import { expect, test } from "@/testing/browser/test";
import { hoursAgo } from "@/testing/browser/time";

const CASES = [
  ["Run now", "**/api/exports/*/run", {}],
  [/^Backfill \d windows$/, "**/api/exports/*/historic-exports", { startAt: hoursAgo(3) }],
] as const;

for (const [name, address, values] of CASES) {
  test(`a double-click on ${name} asks once, however soon the answer comes`, async ({ page, api }) => {
    const { id } = await api.createExport(values);
    let asked = 0;
    await page.route(address, (route) => {
      if (route.request().method() !== "POST") return route.fallback();
      asked += 1;
      return route.fulfill({ status: 409, json: { error: { code: "busy", message: `Answer ${asked}.` } } });
    });
    await page.goto(`/exports/${id}`);
    const button = page.getByRole("button", { name });
    await expect(button).toBeEnabled();
    // A browser that is busy delivers both clicks before the page can change.
    await button.evaluate((element: HTMLElement) => {
      element.click();
      element.click();
    });
    await expect(page.getByText("Answer 1.").first()).toBeVisible();
    expect(asked).toBe(1);
    // One that isn't has the answer before the second click.
    await expect(button).toBeEnabled();
    await button.dblclick({ delay: 150 });
    await expect(page.getByText("Answer 2.").first()).toBeVisible();
    // A request of the second click would be before this one.
    await page.evaluate(() => fetch("/api/openapi.json"));
    expect(asked).toBe(2);
  });
}
