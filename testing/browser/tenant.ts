import { randomUUID } from "node:crypto";
import type { Browser, Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { members, organizations, projects, user } from "@/lib/db/schema";
import type { Role } from "@/lib/permissions";
import { makeTenant, makeUser, type Tenant } from "@/testing/api/tenant";
import { unique } from "./api";
import { pageOf } from "./people";
import type { Stack } from "./stack";

export interface NamedTenant extends Tenant {
  /** The organization's name, which no other has. */
  name: string;
  projectName: string;
}

export interface Person {
  userId: string;
  name: string;
  email: string;
  password: string;
}

/** An organization of a test's own with one project, so that no other test's people and changes show in it. */
export async function makeNamedTenant(): Promise<NamedTenant> {
  const tenant = await makeTenant();
  const [name, projectName] = [unique("organization"), unique("project")];
  await getDb().update(organizations).set({ name }).where(eq(organizations.id, tenant.organizationId));
  await getDb().update(projects).set({ name: projectName }).where(eq(projects.id, tenant.projectId));
  return { ...tenant, name, projectName };
}

/** A person of the tenant's with a name that no other has. */
export async function makePerson(tenant: Tenant, role: Role): Promise<Person> {
  const login = await makeUser(tenant, role);
  const name = `${role} ${randomUUID().slice(0, 8)}`;
  await getDb().update(user).set({ name }).where(eq(user.email, login.email));
  return { ...login, name };
}

/** A page of a new person with this role in the tenant. */
export async function personIn(
  browser: Browser,
  stack: Stack,
  tenant: Tenant,
  role: Role,
): Promise<{ person: Person; page: Page }> {
  const person = await makePerson(tenant, role);
  return { person, page: await pageOf(browser, stack, person) };
}

/** A page of nobody in particular. */
export async function strangerPage(browser: Browser, stack: Stack): Promise<Page> {
  const context = await browser.newContext({ baseURL: stack.web, storageState: { cookies: [], origins: [] } });
  return context.newPage();
}

/** Lets a person run the installation. */
export async function makeOperator({ email }: Person): Promise<void> {
  await getDb().update(user).set({ operator: true }).where(eq(user.email, email));
}

/** Makes a person a viewer of another organization too. */
export async function joinAlso(organizationId: string, { email }: Person): Promise<void> {
  const [found] = await getDb().select({ id: user.id }).from(user).where(eq(user.email, email));
  await getDb().insert(members).values({ organizationId, userId: found!.id, role: "viewer" });
}

/** Closes the pages of everybody. */
export const closeAll = (browser: Browser) => Promise.all(browser.contexts().map((context) => context.close()));
