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
  /** The organization's unique name. */
  name: string;
  projectName: string;
}

export interface Person {
  userId: string;
  name: string;
  email: string;
  password: string;
}

/** A test's own organization with one project, which shows no other test's people and changes. */
export async function makeNamedTenant(): Promise<NamedTenant> {
  const tenant = await makeTenant();
  const [name, projectName] = [unique("organization"), unique("project")];
  await getDb().update(organizations).set({ name }).where(eq(organizations.id, tenant.organizationId));
  await getDb().update(projects).set({ name: projectName }).where(eq(projects.id, tenant.projectId));
  return { ...tenant, name, projectName };
}

/** A person of the tenant with a unique name. */
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

/** A page without a session. */
export async function strangerPage(browser: Browser, stack: Stack): Promise<Page> {
  const context = await browser.newContext({ baseURL: stack.web, storageState: { cookies: [], origins: [] } });
  return context.newPage();
}

/** Makes a person an operator. */
export async function makeOperator({ email }: Person): Promise<void> {
  await getDb().update(user).set({ operator: true }).where(eq(user.email, email));
}

/** Also makes a person a viewer of another organization. */
export async function joinAlso(organizationId: string, { email }: Person): Promise<void> {
  const [found] = await getDb().select({ id: user.id }).from(user).where(eq(user.email, email));
  await getDb().insert(members).values({ organizationId, userId: found!.id, role: "viewer" });
}

/** Closes all pages. */
export const closeAll = (browser: Browser) => Promise.all(browser.contexts().map((context) => context.close()));
