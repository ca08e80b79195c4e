import type { Browser, Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { projects } from "@/lib/db/schema";
import type { Role } from "@/lib/permissions";
import { getAuth } from "@/lib/services/auth/auth";
import { makeUser } from "@/testing/api/tenant";
import { SIGNED_OUT } from "./sign-in";
import type { Stack } from "./stack";

/** A page of another user with this role in the stack's organization. */
export async function pageAs(browser: Browser, stack: Stack, role: Role): Promise<Page> {
  const [project] = await getDb().select().from(projects).where(eq(projects.id, stack.projectId));
  if (!project) throw new Error("The stack's project is not in its database.");
  return pageOf(browser, stack, await makeUser(project, role));
}

/** A page of a signed-in user, with its own session. */
export async function pageOf(
  browser: Browser,
  stack: Stack,
  login: { email: string; password: string },
): Promise<Page> {
  // Not through the form, whose rate limit is too low for tests.
  const { headers } = await getAuth().api.signInEmail({ body: login, returnHeaders: true });
  const cookies = headers.getSetCookie().map((cookie) => {
    const [pair = ""] = cookie.split(";", 1);
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: stack.web };
  });
  const context = await browser.newContext({ baseURL: stack.web, storageState: SIGNED_OUT });
  await context.addCookies(cookies);
  return context.newPage();
}
