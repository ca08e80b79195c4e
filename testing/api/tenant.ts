import { randomInt, randomUUID } from "node:crypto";
import { getDb } from "@/lib/db/client";
import { members, organizations, projects } from "@/lib/db/schema";
import type { Role } from "@/lib/schemas/me";
import type { Scope } from "@/lib/services/access/actor";
import { insertLogin } from "@/lib/services/account/insert-login";
import { insertApiKey } from "@/lib/services/api-keys/insert";

/** A test's own organization, with one project and a key that can read and write. */
export interface Tenant {
  organizationId: string;
  projectId: string;
  sourceProjectId: number;
  key: string;
}

/** A project of the organization with a unique project id in the source. */
export async function makeProject(organizationId: string) {
  const sourceProjectId = randomInt(1_000_000, 4_000_000_000);
  const [project] = await getDb()
    .insert(projects)
    .values({ organizationId, name: "A test's project", sourceProjectId })
    .returning();
  return project!;
}

export async function makeTenant(): Promise<Tenant> {
  const [organization] = await getDb().insert(organizations).values({ name: "A test's organization" }).returning();
  const organizationId = organization!.id;
  const { id: projectId, sourceProjectId } = await makeProject(organizationId);
  const key = await makeKey({ organizationId, projectId });
  return { organizationId, projectId, sourceProjectId, key };
}

/** A key of a tenant's project. */
export const makeKey = (
  { organizationId, projectId }: { organizationId: string; projectId: string },
  {
    scopes = ["read", "write"] as Scope[],
    expiresAt = null as Date | null,
    role = "owner" as Role,
    /** Its creator; nobody by default. */
    createdBy = null as string | null,
  } = {},
): Promise<string> =>
  insertApiKey(getDb(), { organizationId, projectId, name: "A test's key", scopes, expiresAt, role, createdBy });

/** A person who can sign in. */
export interface Person {
  userId: string;
  email: string;
  password: string;
}

/** A person of the tenant's organization. */
export async function makeUser(
  { organizationId }: Pick<Tenant, "organizationId">,
  role: Role,
  { operator = false } = {},
): Promise<Person> {
  const [name, password] = [randomUUID(), randomUUID()];
  const email = `${name}@penstock.test`;
  const userId = await getDb().transaction(async (tx) => {
    const id = await insertLogin(tx, { name: `Tester ${name}`, email, password, operator });
    await tx.insert(members).values({ organizationId, userId: id, role });
    return id;
  });
  return { userId, email, password };
}
