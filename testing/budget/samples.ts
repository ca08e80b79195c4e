import { type APIRequestContext, type Browser, type BrowserContextOptions, request } from "@playwright/test";
import type { Me } from "@/lib/schemas/me";
import { Api } from "@/testing/browser/api";
import { SIGNED_OUT, signIn } from "@/testing/browser/sign-in";
import type { Stack } from "@/testing/browser/stack";
import type { Samples } from "./page-list";

const HOUR = 3_600_000;

/** Signs in through the form. Returns the cookies of the session. */
export async function signedIn(browser: Browser, stack: Stack): Promise<BrowserContextOptions["storageState"]> {
  const page = await browser.newPage({ baseURL: stack.web, storageState: SIGNED_OUT });
  await signIn(page, stack.login);
  const state = await page.context().storageState();
  await page.close();
  return state;
}

/** Makes an export with a run, for the pages that show one. */
export async function makeSamples(stack: Stack, storageState: BrowserContextOptions["storageState"]): Promise<Samples> {
  const context = await request.newContext({ baseURL: stack.web });
  const person = await request.newContext({ baseURL: stack.web, ...(storageState && { storageState }) });
  try {
    const api = new Api(context, stack);
    const made = await api.createExport();
    const end = Math.floor(Date.now() / HOUR) * HOUR;
    const range = { start: new Date(end - HOUR).toISOString(), end: new Date(end).toISOString() };
    await api.createHistoricExport(made.id, range);
    return {
      organizationId: await organizationOf(person),
      projectId: stack.projectId,
      exportId: made.id,
      connectionId: made.connectionId,
      runId: await firstRun(api, made.id),
      range,
    };
  } finally {
    await context.dispose();
    await person.dispose();
  }
}

async function organizationOf(person: APIRequestContext): Promise<string> {
  const me = (await (await person.get("/api/me")).json()) as Me;
  return me.organization.id;
}

const MINUTE = 60_000;

/** Waits until the run has ended: pages of a running one go on asking. */
async function firstRun(api: Api, exportId: string): Promise<string> {
  const until = Date.now() + MINUTE;
  for (;;) {
    const run = (await api.runs(exportId)).items[0];
    if (run?.finishedAt) return run.id;
    if (Date.now() > until) throw new Error("The sample's run has not ended within a minute.");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
