import { beforeEach, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { members } from "@/lib/db/schema";
import * as operations from "@/lib/openapi/operations";
import { call, errorOf, signIn } from "@/testing/api/call";
import { makeSession } from "@/testing/api/session";
import { testStack } from "@/testing/api/stack";
import { makeProject, makeTenant, makeUser, type Person, type Tenant } from "@/testing/api/tenant";

let tenant: Tenant;
let person: Person;
let headers: { cookie: string };

beforeEach(async () => {
  tenant = await makeTenant();
  person = await makeUser(tenant, "owner");
  headers = await makeSession(person);
});

const me = (asker = headers) => call(operations.getMe, { headers: asker });
const change = (currentPassword: string, newPassword: string) =>
  call(operations.changePassword, { headers, body: { currentPassword, newPassword } });
const sessions = async () => (await call(operations.listSessions, { headers })).body.items;
const audited = async (action: string) => (await call(operations.listAudit, { headers, query: { action } })).body.items;

describe("a password", () => {
  it("is changed by whoever knows it, and ends every other session", async () => {
    const others = [await makeSession(person), await makeSession(person)];
    expect((await change(person.password, "another password")).status).toBe(204);
    expect((await me()).status).toBe(200);
    for (const other of others) expect((await me(other)).status).toBe(401);
    await expect(makeSession(person)).rejects.toThrow();
    await signIn({ ...person, password: "another password" });
    const [entry] = await audited("account.password");
    expect(entry).toMatchObject({
      actor: { id: person.userId },
      changes: [{ field: "password", before: null, after: null }],
    });
  });

  it("is not changed by others, nor into a short one", async () => {
    const wrong = await change("something else", "another password");
    expect(wrong.status).toBe(422);
    expect(errorOf(wrong).details).toEqual([{ path: "currentPassword", message: "Wrong password." }]);
    const short = await change(person.password, "elevenchars");
    expect(errorOf(short).details?.[0]).toEqual({ path: "newPassword", message: "Must be at least 12 characters." });
    await makeSession(person);
  });

  it("can't be guessed, not even by many tries at once", async () => {
    const tries = await Promise.all(
      Array.from({ length: 14 }, (_, index) => change(`guess ${index}`, "another password")),
    );
    expect(tries.map(({ status }) => status).sort()).toEqual([...Array(10).fill(422), ...Array(4).fill(429)]);
    expect((await change(person.password, "another password")).status).toBe(429);
  });
});

describe("sessions", () => {
  it("are listed without their tokens, and ended one by one", async () => {
    const other = await makeSession(person);
    const { body, text } = await call(operations.listSessions, { headers });
    expect(body.items.map(({ current }) => current).sort()).toEqual([false, true]);
    expect(text).not.toContain(decodeURIComponent(headers.cookie.split("=")[1] ?? "").split(".")[0]);
    const sessionId = body.items.find(({ current }) => !current)!.id;
    expect((await call(operations.endSession, { headers, params: { sessionId } })).status).toBe(204);
    expect((await me(other)).status).toBe(401);
    expect((await me()).status).toBe(200);
    expect((await audited("session.end")).map(({ object }) => object.id)).toEqual([sessionId]);
  });

  it("of somebody else are nobody's", async () => {
    const colleague = await makeSession(await makeUser(tenant, "admin"));
    const [mine] = await sessions();
    const answer = await call(operations.endSession, { headers: colleague, params: { sessionId: mine!.id } });
    expect(answer.status).toBe(404);
    expect(await sessions()).toHaveLength(1);
  });

  it("are ended everywhere else at once", async () => {
    const others = [await makeSession(person), await makeSession(person)];
    expect((await call(operations.endOtherSessions, { headers })).status).toBe(204);
    expect((await sessions()).map(({ current }) => current)).toEqual([true]);
    for (const other of others) expect((await me(other)).status).toBe(401);
  });

  it("begin and end with an entry in the audit log", async () => {
    const browser = await signIn(person);
    const started = await audited("session.start");
    expect(started).toHaveLength(2);
    expect(started[0]?.actor).toEqual({ kind: "user", id: person.userId, name: person.email });
    const { web } = testStack();
    await fetch(`${web}/api/auth/sign-out`, {
      method: "POST",
      headers: { ...browser, origin: web, "content-type": "application/json" },
      body: "{}",
    });
    expect((await me(browser)).status).toBe(401);
    expect((await audited("session.end")).map(({ object }) => object.id)).toEqual([started[0]?.object.id]);
  });
});

describe("switching", () => {
  const to = (organizationId: string, projectId?: string) =>
    call(operations.switchPlace, { headers, body: { organizationId, ...(projectId && { projectId }) } });

  it("moves the session, and new ones begin there", async () => {
    const other = await makeTenant();
    const second = await makeProject(other.organizationId);
    await getDb()
      .insert(members)
      .values({ organizationId: other.organizationId, userId: person.userId, role: "viewer" });
    const there = {
      organization: { id: other.organizationId },
      role: "viewer",
      projectId: second.id,
      projects: [{ id: other.projectId }, { id: second.id }],
    };
    expect((await to(other.organizationId, second.id)).body).toMatchObject(there);
    expect((await me()).body).toMatchObject(there);
    expect((await me(await makeSession(person))).body).toMatchObject(there);
    expect((await to(other.organizationId)).body.projectId).toBe(other.projectId);
    const params = { projectId: tenant.projectId };
    expect((await call(operations.listExports, { headers, params })).status).toBe(404);
    expect((await to(tenant.organizationId)).body.role).toBe("owner");
  });

  it("leads nowhere where the person doesn't belong", async () => {
    const other = await makeTenant();
    expect((await to(other.organizationId)).status).toBe(404);
    expect((await to(tenant.organizationId, other.projectId)).status).toBe(404);
    expect((await me()).body.organization.id).toBe(tenant.organizationId);
  });
});

describe("a person", () => {
  it("has a name that they change", async () => {
    const answer = await call(operations.patchMe, { headers, body: { name: "  Ada Lovelace " } });
    expect(answer.body.user.name).toBe("Ada Lovelace");
    const [entry] = await audited("account.update");
    expect(entry?.changes).toEqual([{ field: "name", before: expect.any(String), after: "Ada Lovelace" }]);
  });
});
