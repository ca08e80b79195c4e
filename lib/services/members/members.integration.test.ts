import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { members } from "@/lib/db/schema";
import * as operations from "@/lib/openapi/operations";
import type { Role } from "@/lib/permissions";
import { call, errorOf } from "@/testing/api/call";
import { connectionBody } from "@/testing/api/make";
import { memberIdOf } from "@/testing/api/people";
import { makeSession } from "@/testing/api/session";
import { makeTenant, makeUser, type Person, type Tenant } from "@/testing/api/tenant";

let tenant: Tenant;

beforeEach(async () => {
  tenant = await makeTenant();
});

interface Member extends Person {
  id: string;
  headers: { cookie: string };
}

async function join(role: Role): Promise<Member> {
  const person = await makeUser(tenant, role);
  const id = await memberIdOf(tenant.organizationId, person.userId);
  return { ...person, id, headers: await makeSession(person) };
}

const give = ({ headers }: Member, { id }: Member, role: Role) =>
  call(operations.patchMember, { headers, params: { id }, body: { role } });
const remove = ({ headers }: Member, { id }: Member) => call(operations.removeMember, { headers, params: { id } });

async function owners(): Promise<string[]> {
  const rows = await getDb()
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.organizationId, tenant.organizationId), eq(members.role, "owner")));
  return rows.map(({ id }) => id);
}

describe("members", () => {
  it("are listed by name, page by page, with when they were last seen", async () => {
    const owner = await join("owner");
    await Promise.all([join("viewer"), join("admin"), makeUser(tenant, "member")]);
    const page = async (cursor?: string) =>
      (await call(operations.listMembers, { headers: owner.headers, query: { limit: 3, ...(cursor && { cursor }) } }))
        .body;
    const first = await page();
    const last = await page(first.nextCursor ?? "");
    const all = [...first.items, ...last.items];
    expect([first.items.length, last.items.length, last.nextCursor]).toEqual([3, 1, null]);
    expect(all.map(({ name }) => name)).toEqual(all.map(({ name }) => name).sort());
    expect(new Set(all.map(({ id }) => id)).size).toBe(4);
    // The one who never signed in was never seen.
    expect(all.filter(({ lastSeenAt }) => lastSeenAt === null).map(({ role }) => role)).toEqual(["member"]);
  });

  it("get another role at once, which the audit log tells", async () => {
    const [owner, viewer] = [await join("owner"), await join("viewer")];
    const audit = () => call(operations.listAudit, { headers: viewer.headers });
    expect((await audit()).status).toBe(403);
    expect((await give(owner, viewer, "admin")).body.role).toBe("admin");
    const { body } = await audit();
    expect(body.items.find(({ action }) => action === "member.update")).toMatchObject({
      actor: { kind: "user", id: owner.userId, name: owner.email },
      object: { type: "member", id: viewer.id, name: viewer.email },
      changes: [{ field: "role", before: "viewer", after: "admin" }],
    });
  });

  it("can do nothing here once they are removed, and work where they still belong", async () => {
    const [owner, leaver] = [await join("owner"), await join("member")];
    const elsewhere = await makeTenant();
    await getDb()
      .insert(members)
      .values({ organizationId: elsewhere.organizationId, userId: leaver.userId, role: "viewer" });
    const me = () => call(operations.getMe, { headers: leaver.headers });
    expect((await me()).body.organization.id).toBe(tenant.organizationId);
    expect((await remove(owner, leaver)).status).toBe(204);
    expect((await me()).body).toMatchObject({ organization: { id: elsewhere.organizationId }, role: "viewer" });
    const params = { projectId: tenant.projectId };
    expect((await call(operations.listExports, { headers: leaver.headers, params })).status).toBe(404);
  });

  it("who belong nowhere any more are told so", async () => {
    const [owner, leaver] = [await join("owner"), await join("member")];
    await remove(owner, leaver);
    const answer = await call(operations.getMe, { headers: leaver.headers });
    expect(answer.status).toBe(401);
    expect(errorOf(answer).message).toContain("no longer belongs");
  });
});

describe("what a member made", () => {
  const keysOf = async (asker: Member, id: string) =>
    (await call(operations.listMembers, { headers: asker.headers })).body.items.find((member) => member.id === id)
      ?.apiKeys;
  const invite = async ({ headers }: Member, role: Role) => {
    const email = `${randomUUID()}@penstock.test`;
    const { body } = await call(operations.invite, { headers, body: { email, role } });
    return { email, token: new URL(body.link ?? "").hash.slice(1) };
  };
  const isOpen = async ({ token }: { token: string }) =>
    (await call(operations.lookUpInvitation, { body: { token } })).status === 200;

  it("an API key may no more than its maker may now, and nothing once they have left", async () => {
    const [owner, admin] = [await join("owner"), await join("admin")];
    const params = { projectId: tenant.projectId };
    const body = { name: "The admin's", scopes: ["read", "write"] };
    const { key } = (await call(operations.createApiKey, { headers: admin.headers, params, body })).body;
    const list = async () => (await call(operations.listExports, { key, params })).status;
    const connect = async () =>
      (await call(operations.createConnection, { key, params, body: connectionBody() })).status;
    expect([await list(), await connect()]).toEqual([200, 201]);
    expect(await keysOf(owner, admin.id)).toEqual(["The admin's"]);
    await give(owner, admin, "viewer");
    expect([await list(), await connect()]).toEqual([200, 403]);
    await give(owner, admin, "owner");
    expect(await connect()).toBe(201);
    await remove(owner, admin);
    expect([await list(), await connect()]).toEqual([401, 401]);
  });

  it("invitations are open no more once they are demoted or removed", async () => {
    const [owner, first, second] = [await join("owner"), await join("admin"), await join("admin")];
    const [of1, of2, ofOwner] = [
      await invite(first, "admin"),
      await invite(second, "viewer"),
      await invite(owner, "admin"),
    ];
    await give(owner, first, "owner");
    expect(await isOpen(of1)).toBe(true);
    await give(owner, first, "member");
    await remove(owner, second);
    expect([await isOpen(of1), await isOpen(of2), await isOpen(ofOwner)]).toEqual([false, false, true]);
    const login = { token: of1.token, name: "Back", password: "a long password again" };
    expect((await call(operations.acceptInvitation, { body: login })).status).toBe(404);
    const { body } = await call(operations.listAudit, {
      headers: owner.headers,
      query: { action: "invitation.revoke" },
    });
    expect(body.items.map(({ object }) => object.name).sort()).toEqual([of1.email, of2.email].sort());
  });
});

describe("owners", () => {
  it("are not made, changed or removed by admins, who can't raise themselves either", async () => {
    const [owner, admin, member] = [await join("owner"), await join("admin"), await join("member")];
    for (const answer of [
      await give(admin, member, "owner"),
      await give(admin, admin, "owner"),
      await give(admin, owner, "viewer"),
      await remove(admin, owner),
    ]) {
      expect(answer.status).toBe(403);
      expect(errorOf(answer).message).toContain("Only owners");
    }
    expect(await owners()).toEqual([owner.id]);
    expect((await give(admin, member, "admin")).status).toBe(200);
    expect((await remove(admin, member)).status).toBe(204);
  });

  it("stay while they are the last one", async () => {
    const owner = await join("owner");
    for (const answer of [await give(owner, owner, "admin"), await remove(owner, owner)]) {
      expect(answer.status).toBe(409);
      expect(errorOf(answer).code).toBe("last_owner");
    }
    expect((await give(owner, owner, "owner")).status).toBe(200);
    const second = await join("owner");
    expect((await remove(owner, owner)).status).toBe(204);
    expect(await owners()).toEqual([second.id]);
  });

  it("never all go at the same time", async () => {
    for (let round = 0; round < 5; round += 1) {
      tenant = await makeTenant();
      const all = await Promise.all([join("owner"), join("owner"), join("owner")]);
      // Each steps down or leaves on their own, so only the last-owner rule can stop them.
      const answers = await Promise.all(
        all.map((owner, index) => (index === 0 ? remove(owner, owner) : give(owner, owner, "viewer"))),
      );
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(1);
      expect(await owners()).toHaveLength(1);
    }
  });

  it("who were demoted a moment ago demote nobody", async () => {
    const [first, second] = [await join("owner"), await join("owner")];
    const answers = await Promise.all([give(first, second, "viewer"), give(second, first, "viewer")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect(await owners()).toHaveLength(1);
  });
});
