import type { Page } from "@playwright/test";
import { secretsIn } from "@/testing/api/needles";
import { unique } from "@/testing/browser/api";
import { signIn } from "@/testing/browser/sign-in";
import { expect, test } from "@/testing/browser/test";
import { fillConnection, startWizard } from "@/testing/browser/wizard";

test.use({ storageState: { cookies: [], origins: [] } });

/** Everything in the browser's storage that a script on the page can read. */
const kept = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const entries = (storage: Storage) => Object.entries(storage).map((entry) => entry.join("="));
    const databases: string[] = [];
    for (const { name = "" } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of db.objectStoreNames) {
        const rows = await new Promise<unknown[]>((resolve, reject) => {
          const reading = db.transaction(store).objectStore(store).getAll();
          reading.onsuccess = () => resolve(reading.result);
          reading.onerror = () => reject(reading.error);
        });
        databases.push(`${name} ${store} ${JSON.stringify(rows)}`);
      }
      db.close();
    }
    const caches = (await window.caches.keys()).map((name) => `cache ${name}`);
    const stored = [...entries(localStorage), ...entries(sessionStorage)];
    return [...stored, document.cookie, window.name, ...databases, ...caches, location.href].join("\n");
  });

test("no secret stays in the browser's stores", async ({ page, api, stack }) => {
  await signIn(page, stack.login);
  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => name.includes("session_token"));
  const connection = api.localConnection();
  connection.config.secretAccessKey = `typed-${unique("secret")}`;
  const secrets = {
    "the password": stack.login.password,
    "the session's cookie": decodeURIComponent(session?.value ?? ""),
    "the session's token": decodeURIComponent(session?.value ?? "").split(".")[0] ?? "",
    "a secret access key": connection.config.secretAccessKey,
  };
  for (const secret of Object.values(secrets)) expect(secret.length).toBeGreaterThan(8);

  await page.getByRole("button", { name: "Color theme" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await startWizard(page, unique("kept"));
  await fillConnection(page, connection);
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("The connection doesn’t work yet")).toBeVisible();
  const typed = await kept(page);
  // The stored theme proves that the search covers the browser's storage.
  expect(typed).toContain("theme=dark");
  expect(secretsIn(typed, secrets)).toEqual([]);

  await page.reload();
  for (const path of ["/exports", "/connections", "/settings/api-keys", "/settings/alerts"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(secretsIn(await kept(page), secrets), path).toEqual([]);
  }
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax" });
});
