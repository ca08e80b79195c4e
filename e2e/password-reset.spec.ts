import { resetByLink } from "@/lib/services/password-reset/by-operator";
import { MailServer } from "@/testing/api/smtp";
import { nameless } from "@/testing/browser/nameless";
import { sideways } from "@/testing/browser/sideways";
import { SIGNED_OUT, signIn } from "@/testing/browser/sign-in";
import { makeNamedTenant, makePerson } from "@/testing/browser/tenant";
import { expect, test } from "@/testing/browser/test";
import { until } from "@/testing/runs/until";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";

test.use({ storageState: SIGNED_OUT });

const NEW = "a password to remember";
/** The path of a link, so that it opens in the stack's own web app. */
const pathOf = (link: string) => link.slice(new URL(link).origin.length);

test.describe("with a mail server", () => {
  let smtp: MailServer;
  let web: SpawnedWeb;
  test.beforeAll(async () => {
    smtp = await MailServer.open();
    web = await spawnWeb({ SMTP_URL: smtp.url });
  });
  test.afterAll(async () => {
    await web?.stop();
    await smtp?.close();
  });

  test("a forgotten password is replaced by the link of an email, once", async ({ page }) => {
    const person = await makePerson(await makeNamedTenant(), "viewer");
    await page.goto(`${web.web}/sign-in`);
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await expect(page.getByRole("heading", { name: "Reset your password" })).toBeVisible();
    await page.getByLabel("Email").fill("not an email");
    await page.getByRole("button", { name: "Email me a link" }).click();
    await expect(page.getByLabel("Email")).toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("Email").fill(person.email);
    await page.getByRole("button", { name: "Email me a link" }).click();
    await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
    await expect(page.getByRole("status")).toContainText(`If ${person.email} has an account`);

    const mail = await until("the mail arrived", async () => smtp.to(person.email)[0]);
    const [link = ""] = /http\S+\/reset-password#\S+/.exec(mail.text) ?? [];
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url(), JSON.stringify(request.headers())));
    await page.goto(link);
    await expect(page.getByText(`For ${person.email}`)).toBeVisible();
    await page.getByLabel("New password").fill("too short");
    await page.getByRole("button", { name: "Set password and sign in" }).click();
    await expect(page.getByText("at least 12 characters").first()).toBeVisible();
    await expect(page.getByLabel("New password")).toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("New password").fill(NEW);
    await page.getByRole("button", { name: "Set password and sign in" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Exports" })).toBeVisible();
    const token = new URL(link).hash.slice(1);
    expect(requests.filter((request) => request.includes(token))).toEqual([]);

    await page.goto(link);
    await expect(page.getByRole("heading", { name: "This link doesn’t work" })).toBeVisible();
    await page.getByRole("link", { name: "Request a new link" }).click();
    await expect(page.getByRole("heading", { name: "Reset your password" })).toBeVisible();
  });

  test("an email without an account reads the same", async ({ page }) => {
    await page.goto(`${web.web}/forgot-password`);
    await page.getByLabel("Email").fill("nobody@penstock.test");
    await page.getByRole("button", { name: "Email me a link" }).click();
    await expect(page.getByRole("status")).toContainText("If nobody@penstock.test has an account");
    await page.getByRole("button", { name: "Use another email" }).click();
    await expect(page.getByLabel("Email")).toHaveValue("");
  });
});

test("without a mail server, the page says what an operator runs", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page.getByText("This Penstock sends no email")).toBeVisible();
  await expect(page.getByText("npm run reset-password -- you@example.com")).toBeVisible();
  await page.getByRole("link", { name: "Back to sign in" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Penstock" })).toBeVisible();
});

test("a reset in one browser signs out the others", async ({ page, browser, stack }) => {
  const person = await makePerson(await makeNamedTenant(), "viewer");
  const other = await browser.newPage({ baseURL: stack.web, storageState: SIGNED_OUT });
  await signIn(other, person);
  await page.goto(pathOf((await resetByLink(person.email)).link));
  await page.getByLabel("New password").fill(NEW);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Exports" })).toBeVisible();
  await other.goto("/connections");
  await expect(other).toHaveURL(/\/sign-in/);
  await other.close();
});

test("a link that is used while the page is open is refused in words", async ({ page, browser, stack }) => {
  const person = await makePerson(await makeNamedTenant(), "viewer");
  const path = pathOf((await resetByLink(person.email)).link);
  await page.goto(path);
  await page.getByLabel("New password").fill(NEW);
  const other = await browser.newPage({ baseURL: stack.web, storageState: SIGNED_OUT });
  await other.goto(path);
  await other.getByLabel("New password").fill(`${NEW} too`);
  await other.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(other.getByRole("heading", { level: 1, name: "Exports" })).toBeVisible();
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page.getByRole("heading", { name: "This link doesn’t work" })).toBeVisible();
  await other.close();
});

test.describe("at the width of a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });
  for (const path of ["/forgot-password", "/reset-password", `/reset-password#${"x".repeat(43)}`])
    test(`${path.slice(0, 20)} fits and names all its controls`, async ({ page }) => {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByRole("link").first()).toBeVisible();
      expect(await sideways(page)).toBe(0);
      expect(await nameless(page)).toEqual([]);
    });
});
