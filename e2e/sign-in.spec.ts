import { signIn } from "@/testing/browser/sign-in";
import { expect, test } from "@/testing/browser/test";

test.use({ storageState: { cookies: [], origins: [] } });

test("a wrong password is told in words, the right one leads to the exports", async ({ page, stack }) => {
  await page.goto("/exports");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel("Email").fill(stack.login.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Wrong email or password" })).toBeVisible();

  await page.getByLabel("Password").fill(stack.login.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Exports" })).toBeVisible();
});

test("signing out ends the session", async ({ page, stack }) => {
  await signIn(page, stack.login);
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/exports");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a form takes nothing before its scripts run, so nothing typed is lost or put into the address", async ({
  page,
  stack,
}) => {
  const scripts = Promise.withResolvers<void>();
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await scripts.promise;
    await route.continue();
  });
  await page.goto("/sign-in", { waitUntil: "commit" });
  await expect(page.getByLabel("Password")).toBeDisabled();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeDisabled();
  await expect(page.locator("form")).toHaveAttribute("method", "post");
  const signedIn = (async () => {
    await page.getByLabel("Email").fill(stack.login.email);
    await page.getByLabel("Password").fill(stack.login.password);
    await page.getByRole("button", { name: "Sign in" }).click();
  })();
  scripts.resolve();
  await signedIn;
  await expect(page.getByRole("heading", { level: 1, name: "Exports" })).toBeVisible();
});
