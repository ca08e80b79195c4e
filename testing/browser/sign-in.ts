import type { Page } from "@playwright/test";

/** A browser state without cookies; without one, a page starts with the cookies of its test. */
export const SIGNED_OUT = { cookies: [], origins: [] };

/** Signs in through the form and waits for the exports. */
export async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/exports");
}
