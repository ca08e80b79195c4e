import { expect, type Page } from "@playwright/test";

/** For one attempt: what takes longer is tried again. */
const ATTEMPT = { timeout: 5000 };

/**
 * Selects an option from a labeled list. On a busy machine, a click while the list is still opening may select nothing;
 * a user would try again.
 */
export async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  // While the list is open, all else is hidden.
  const list = page.getByRole("combobox", { name: label, exact: true, includeHidden: true });
  const choice = page.getByRole("option", { name: option });
  await expect(async () => {
    if ((await list.getAttribute("aria-expanded", ATTEMPT)) !== "true") await list.click(ATTEMPT);
    const wanted = (await choice.textContent(ATTEMPT)) ?? "";
    await choice.click(ATTEMPT);
    await expect(list).toHaveAttribute("aria-expanded", "false", ATTEMPT);
    // What the server has to confirm shows later.
    await expect.poll(async () => wanted.includes((await list.textContent(ATTEMPT)) || "?"), ATTEMPT).toBe(true);
  }).toPass();
}
