import { join } from "node:path";
import { test as base } from "@playwright/test";
import { sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { untilHourIsNew } from "../new-hour";
import { Api } from "./api";
import { waitUntilRunning } from "./running";
import { SIGNED_OUT, signIn } from "./sign-in";
import { readStack, type Stack } from "./stack";

interface TestFixtures {
  api: Api;
  newHour: undefined;
}

interface WorkerFixtures {
  stack: Stack;
  /** A file with the cookies of one sign-in, shared by all tests. */
  session: string;
  running: undefined;
  cleared: undefined;
}

/** All tests act for one organization, and verify more connections in ten minutes than one may. */
const forgetVerifications = () => getDb().execute(sql`delete from rate_limits where key like 'connect:%'`);

/** Tests as a signed-in user, with removal of everything they create. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of a fixture's needs from this pattern
  stack: [({}, use) => use(readStack()), { scope: "worker" }],
  baseURL: ({ stack }, use) => use(stack.web),
  session: [
    async ({ browser, stack }, use, info) => {
      const file = join(info.project.outputDir, `session-${info.workerIndex}.json`);
      const page = await browser.newPage({ baseURL: stack.web, storageState: SIGNED_OUT });
      await signIn(page, stack.login);
      await page.context().storageState({ path: file });
      await page.close();
      await use(file);
    },
    { scope: "worker" },
  ],
  storageState: ({ session }, use) => use(session),
  running: [
    async ({ browser }, use) => {
      const page = await browser.newPage();
      waitUntilRunning(page);
      await page.close();
      await use(undefined);
    },
    { scope: "worker", auto: true },
  ],
  cleared: [
    async ({ playwright, stack }, use) => {
      await use(undefined);
      const request = await playwright.request.newContext();
      await new Api(request, stack).clearUp();
      await request.dispose();
    },
    { scope: "worker", auto: true },
  ],
  newHour: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of a fixture's needs from this pattern
    async ({}, use) => {
      await untilHourIsNew();
      await use(undefined);
    },
    { auto: true },
  ],
  api: async ({ request, stack }, use) => {
    await forgetVerifications();
    await use(new Api(request, stack));
  },
});

export { expect } from "@playwright/test";
