import { ORGANIZATION_HEADER } from "@/lib/organization-header";
import type { Role, Scope } from "@/lib/permissions";
import { makeSession } from "../session";
import { makeKey, makeProject, makeUser, type Person, type Tenant } from "../tenant";

/** A caller: a column of the matrix. */
export interface Subject {
  name: string;
  /** A `nobody` sends no credentials, or an invalid key. */
  kind: "nobody" | "user" | "key";
  role: Role;
  operator: boolean;
  scopes: readonly Scope[];
  /** Where the caller belongs: to the objects' project, to another project of the organization, or elsewhere. */
  home: "ours" | "sibling" | "elsewhere";
  /** Whether the requests name another organization than the caller's current one, like those of a stale tab. */
  isLeftBehind?: boolean;
  /** Null for a key. */
  person: Person | null;
  headers: Record<string, string>;
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

const nobody = (name: string, headers: Record<string, string>): Subject => ({
  name,
  kind: "nobody",
  role: "viewer",
  operator: false,
  scopes: [],
  home: "ours",
  person: null,
  headers,
});

async function user(name: string, tenant: Tenant, role: Role, more: Partial<Subject> = {}): Promise<Subject> {
  const person = await makeUser(tenant, role, { operator: more.operator ?? false });
  const headers = await makeSession(person);
  return { ...nobody(name, headers), kind: "user", role, scopes: ["read", "write"], person, ...more };
}

const key = (name: string, value: string, scopes: Scope[], home: Subject["home"] = "ours"): Subject => ({
  ...nobody(name, bearer(value)),
  kind: "key",
  role: "owner",
  scopes,
  home,
});

const leftBehind = (subject: Subject, { organizationId }: Tenant): Subject => ({
  ...subject,
  headers: { ...subject.headers, [ORGANIZATION_HEADER]: organizationId },
  isLeftBehind: true,
});

/** All kinds of callers of the routes of `ours`. */
export async function makeSubjects(ours: Tenant, other: Tenant): Promise<Subject[]> {
  const { organizationId } = ours;
  const [demoted, removed] = [await makeUser(ours, "viewer"), await makeUser(other, "owner")];
  const keyOf = (createdBy: string) => makeKey(ours, { role: "admin", createdBy });
  const sibling = { organizationId, projectId: (await makeProject(organizationId)).id };
  return Promise.all([
    nobody("no session", {}),
    user("viewer", ours, "viewer"),
    user("member", ours, "member"),
    user("admin", ours, "admin"),
    user("owner", ours, "owner"),
    leftBehind(await user("owner's tab of another organization", ours, "owner"), other),
    user("operator who is a viewer", ours, "viewer", { operator: true }),
    user("other organization's owner", other, "owner", { home: "elsewhere" }),
    key("other organization's key", other.key, ["read", "write"], "elsewhere"),
    key("other project's key", await makeKey(sibling), ["read", "write"], "sibling"),
    key("read key", await makeKey(ours, { scopes: ["read"] }), ["read"]),
    key("write key", await makeKey(ours, { scopes: ["write"] }), ["write"]),
    { ...key("demoted admin's key", await keyOf(demoted.userId), ["read", "write"]), role: "viewer" },
    nobody("removed admin's key", bearer(await keyOf(removed.userId))),
    nobody("expired key", bearer(await makeKey(ours, { expiresAt: new Date(Date.now() - 1000) }))),
  ]);
}

/** A user with the same permissions, for calls that would sign the first out. */
export async function twinOf(subject: Subject, tenant: Tenant): Promise<Subject> {
  const { name, role, home, operator, headers, isLeftBehind } = subject;
  if (subject.kind !== "user") return subject;
  const twin = await user(name, tenant, role, { home, operator });
  return isLeftBehind ? { ...twin, headers: { ...headers, ...twin.headers }, isLeftBehind } : twin;
}
