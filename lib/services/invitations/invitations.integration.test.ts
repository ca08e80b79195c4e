import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { openSecret } from "@/lib/crypto/secrets";
import { getDb } from "@/lib/db/client";
import { invitations, mails } from "@/lib/db/schema";
import * as operations from "@/lib/openapi/operations";
import type { Role } from "@/lib/permissions";
import { type MailBody, mailAad } from "@/lib/services/mails/queue";
import { DAY } from "@/lib/units";
import { call, errorOf, signIn } from "@/testing/api/call";
import { makeInvitation } from "@/testing/api/people";
import { makeSession } from "@/testing/api/session";
import { makeTenant, makeUser, type Tenant } from "@/testing/api/tenant";

let tenant: Tenant;
let owner: { cookie: string };
let admin: { cookie: string };

beforeAll(async () => {
  tenant = await makeTenant();
  owner = await makeSession(await makeUser(tenant, "owner"));
  admin = await makeSession(await makeUser(tenant, "admin"));
});

const address = () => `${randomUUID()}@penstock.test`;
const invite = (email: string, role: Role = "member", headers = owner) =>
  call(operations.invite, { headers, body: { email, role } });
const tokenOf = (link: string | null) => new URL(link ?? "").hash.slice(1);
const lookUp = (token: string) => call(operations.lookUpInvitation, { body: { token } });
const accept = (token: string, body: object = {}, headers = {}) =>
  call(operations.acceptInvitation, { headers, body: { token, ...body } });
const newcomer = { name: "Ada", password: "a password of Ada's" };

describe("an invitation", () => {
  it("makes a login that works in the organization, once", async () => {
    const email = address();
    const sent = await invite(email.toUpperCase(), "admin");
    expect(sent.body).toMatchObject({ email, role: "admin" });
    expect(new URL(sent.body.link ?? "").pathname).toBe("/invite");
    const token = tokenOf(sent.body.link);
    expect((await lookUp(token)).body).toEqual({
      organization: "A test's organization",
      email,
      role: "admin",
      hasLogin: false,
    });
    const bare = await accept(token);
    expect(errorOf(bare).details?.map(({ path }) => path)).toEqual(["name", "password"]);
    expect((await accept(token, { ...newcomer, password: "too short" })).status).toBe(422);
    expect((await accept(token, newcomer)).status).toBe(200);
    const headers = await signIn({ email, password: newcomer.password });
    const { body } = await call(operations.getMe, { headers });
    expect(body).toMatchObject({
      user: { name: "Ada", email },
      organization: { id: tenant.organizationId },
      role: "admin",
      operator: false,
    });
    for (const again of [await accept(token, newcomer), await lookUp(token)])
      expect([again.status, errorOf(again).code]).toEqual([404, "invitation_invalid"]);
  });

  it("is accepted by one only, however many try at once", async () => {
    const { token } = await makeInvitation(tenant.organizationId);
    const answers = await Promise.all(Array.from({ length: 4 }, () => accept(token, newcomer)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404]);
  });

  it("lets somebody in who has a login, when that one is signed in", async () => {
    const elsewhere = await makeTenant();
    const person = await makeUser(elsewhere, "owner");
    const { token } = await makeInvitation(tenant.organizationId, { email: person.email, role: "viewer" });
    expect((await lookUp(token)).body.hasLogin).toBe(true);

    const nobody = await accept(token, newcomer);
    expect([nobody.status, errorOf(nobody).code]).toEqual([401, "unauthenticated"]);
    expect(errorOf(nobody).message).toContain(person.email);
    const another = await accept(token, newcomer, admin);
    expect([another.status, errorOf(another).code]).toEqual([403, "forbidden"]);
    expect(errorOf(another).message).toContain("Sign out");

    const headers = await makeSession(person);
    const me = async () => (await call(operations.getMe, { headers })).body;
    expect((await me()).organization.id).toBe(elsewhere.organizationId);
    expect((await accept(token, {}, headers)).status).toBe(200);
    expect(await me()).toMatchObject({ organization: { id: tenant.organizationId }, role: "viewer" });
    expect((await me()).organizations).toHaveLength(2);
    // The login keeps its own password.
    await makeSession(person);
  });

  it("is not accepted by another site's page", async () => {
    const { token } = await makeInvitation(tenant.organizationId);
    const answer = await accept(token, newcomer, { origin: "https://elsewhere.example" });
    expect(answer.status).toBe(403);
    expect((await lookUp(token)).status).toBe(200);
  });

  it("is void once it has expired, as one that never was", async () => {
    const { token } = await makeInvitation(tenant.organizationId, { expiresAt: new Date(Date.now() - 1000) });
    const [expired, unknown] = [await lookUp(token), await lookUp("x".repeat(43))];
    expect(expired).toEqual(unknown);
    expect([expired.status, errorOf(expired).code]).toEqual([404, "invitation_invalid"]);
    expect(await accept(token, newcomer)).toEqual(await accept("x".repeat(43), newcomer));
  });

  it("is valid for seven days and stored without its token", async () => {
    const { body } = await invite(address());
    const days = (Date.parse(body.expiresAt) - Date.parse(body.createdAt)) / DAY;
    expect(days).toBeCloseTo(7, 2);
    const [row] = await getDb().select().from(invitations).where(eq(invitations.id, body.id));
    expect(JSON.stringify(row)).not.toContain(tokenOf(body.link));
  });

  it("goes out by mail, whose text is sealed", async () => {
    const email = address();
    const { body } = await invite(email);
    const [mail] = await getDb().select().from(mails).where(eq(mails.to, email));
    expect(mail).toMatchObject({
      organizationId: tenant.organizationId,
      subject: "Join A test's organization in Penstock",
    });
    expect(mail?.body).not.toContain(tokenOf(body.link));
    const { text, html } = openSecret<MailBody>(mail!.body, mailAad(mail!.id));
    for (const part of [text, html]) expect(part).toContain(body.link);
    // Anyone who can read the mail can accept the invitation.
    expect((await call(operations.getMail, { headers: owner, params: { id: mail!.id } })).status).toBe(200);
    expect((await call(operations.getMail, { headers: admin, params: { id: mail!.id } })).status).toBe(403);
  });

  it("replaces the address's open one, and is void once it is sent anew or taken back", async () => {
    const email = address();
    const first = (await invite(email)).body;
    const second = (await invite(email, "viewer")).body;
    expect((await lookUp(tokenOf(first.link))).status).toBe(404);
    expect((await lookUp(tokenOf(second.link))).body.role).toBe("viewer");
    const third = (await call(operations.resendInvitation, { headers: owner, params: { id: second.id } })).body;
    expect((await lookUp(tokenOf(second.link))).status).toBe(404);
    expect((await lookUp(tokenOf(third.link))).status).toBe(200);
    const listed = await call(operations.listInvitations, { headers: admin, query: { limit: 200 } });
    expect(listed.body.items.filter((it) => it.email === email)).toMatchObject([{ id: third.id, role: "viewer" }]);
    expect(listed.text).not.toContain(tokenOf(third.link));
    await call(operations.revokeInvitation, { headers: admin, params: { id: third.id } });
    expect((await lookUp(tokenOf(third.link))).status).toBe(404);
  });

  it("is for nobody who is a member already", async () => {
    const { email } = await makeUser(tenant, "viewer");
    const answer = await invite(email.toUpperCase());
    expect([answer.status, errorOf(answer).code]).toEqual([409, "already_member"]);
  });

  it("of an owner is the owners' alone", async () => {
    const email = address();
    expect((await invite(email, "owner", admin)).status).toBe(403);
    const { id } = (await invite(email, "owner")).body;
    const params = { id };
    for (const answer of [
      await call(operations.resendInvitation, { headers: admin, params }),
      await call(operations.revokeInvitation, { headers: admin, params }),
      await invite(email, "viewer", admin),
    ])
      expect(answer.status).toBe(403);
    expect((await call(operations.revokeInvitation, { headers: owner, params })).status).toBe(204);
  });

  it("leaves its traces in the audit log, and its token in none", async () => {
    const email = address();
    const { body } = await invite(email, "member");
    const token = tokenOf(body.link);
    await accept(token, newcomer);
    const { body: log, text } = await call(operations.listAudit, { headers: owner, query: { objectId: body.id } });
    expect(log.items.map(({ action, actor }) => [action, actor.name])).toEqual([
      ["invitation.accept", email],
      ["invitation.create", expect.stringContaining("@penstock.test")],
    ]);
    expect(log.items[1]?.changes.map(({ field }) => field)).toEqual(["email", "expiresAt", "role"]);
    expect(text).not.toContain(token);
  });
});
