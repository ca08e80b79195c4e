import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { members, verification } from "@/lib/db/schema";
import * as operations from "@/lib/openapi/operations";
import { call, errorOf, signIn } from "@/testing/api/call";
import { makeSession } from "@/testing/api/session";
import { testStack } from "@/testing/api/stack";
import { makeTenant, makeUser, type Person, type Tenant } from "@/testing/api/tenant";
import { runCommand } from "@/testing/stack/run-command";
import { resetByLink, resetByOperator } from "./by-operator";

const NEW = "a password to remember";

let tenant: Tenant;
let person: Person;

beforeEach(async () => {
  // Other tests use links from the same address.
  await getDb().execute(sql`delete from rate_limits where key like 'reset-%'`);
  tenant = await makeTenant();
  person = await makeUser(tenant, "member");
});

const newToken = async () => new URL((await resetByLink(person.email)).link).hash.slice(1);
const lookUp = (token: string) => call(operations.lookUpPasswordReset, { body: { token } });
const reset = (token: string, password = NEW) => call(operations.resetPassword, { body: { token, password } });
const me = (headers: { cookie: string }) => call(operations.getMe, { headers });
const audited = async (organizationId: string, action: string) => {
  const headers = await makeSession(await makeUser({ organizationId }, "admin"));
  return (await call(operations.listAudit, { headers, query: { action } })).body.items;
};

describe("a reset link", () => {
  it("says whose password it sets, sets it, and ends every session", async () => {
    const sessions = [await makeSession(person), await makeSession(person)];
    const token = await newToken();
    expect((await lookUp(token)).body).toEqual({ email: person.email });
    expect((await reset(token)).status).toBe(204);
    for (const session of sessions) expect((await me(session)).status).toBe(401);
    await expect(makeSession(person)).rejects.toThrow();
    await signIn({ ...person, password: NEW });
  });

  it("is in the audit log of each of the person's organizations, without its secrets", async () => {
    const other = await makeTenant();
    await getDb()
      .insert(members)
      .values({ organizationId: other.organizationId, userId: person.userId, role: "viewer" });
    const token = await newToken();
    await reset(token);
    for (const { organizationId } of [tenant, other]) {
      const [requested] = await audited(organizationId, "account.request-reset");
      expect(requested).toMatchObject({ actor: { kind: "system" }, object: { id: person.userId, name: person.email } });
      const [done] = await audited(organizationId, "account.reset-password");
      expect(done?.changes).toContainEqual({ field: "password", before: null, after: null });
      expect(done?.changes.map(({ field }) => field)).toContain("userAgent");
      expect(JSON.stringify([requested, done])).not.toContain(token);
      expect(JSON.stringify([requested, done])).not.toContain(NEW);
    }
  });

  it("works once, even if it is used several times at the same time", async () => {
    const token = await newToken();
    const answers = await Promise.all(["a", "b", "c"].map((letter) => reset(token, `${NEW} ${letter}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404]);
    const again = await reset(token);
    expect(errorOf(again).code).toBe("reset_link_invalid");
    expect((await lookUp(token)).status).toBe(404);
  });

  it("ends with the others when one is used, and not before", async () => {
    const [first, second] = [await newToken(), await newToken()];
    expect((await lookUp(first)).status).toBe(200);
    expect((await reset(second)).status).toBe(204);
    expect((await reset(first)).status).toBe(404);
  });

  it("ends when the password changes otherwise", async () => {
    const token = await newToken();
    const headers = await makeSession(person);
    const body = { currentPassword: person.password, newPassword: NEW };
    expect((await call(operations.changePassword, { headers, body })).status).toBe(204);
    expect((await reset(token, "an attacker's password")).status).toBe(404);
    await signIn({ ...person, password: NEW });
  });

  it("expires, and is stored only as a hash", async () => {
    const token = await newToken();
    const identifier = `password-reset:${person.userId}`;
    const [stored] = await getDb().select().from(verification).where(eq(verification.identifier, identifier));
    expect(JSON.stringify(stored)).not.toContain(token);
    const valid = (stored?.expiresAt.getTime() ?? 0) - Date.now();
    expect(valid).toBeGreaterThan(50 * 60_000);
    expect(valid).toBeLessThanOrEqual(60 * 60_000);
    await getDb()
      .update(verification)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(verification.id, stored!.id));
    expect((await reset(token)).status).toBe(404);
    await makeSession(person);
  });

  it("is kept by a password that is too short", async () => {
    const token = await newToken();
    const short = await reset(token, "elevenchars");
    expect(short.status).toBe(422);
    expect(errorOf(short).details?.[0]?.path).toBe("password");
    expect((await reset(token)).status).toBe(204);
  });

  it.each(["", "short", "x".repeat(43), "x".repeat(201), "\u0000".repeat(43)])(
    "that is unknown does nothing: %j",
    async (token) => {
      expect([404, 422]).toContain((await reset(token)).status);
      expect([404, 422]).toContain((await lookUp(token)).status);
    },
  );

  it("is not used by another site's page", async () => {
    const token = await newToken();
    const headers = { origin: "https://elsewhere.example", "content-type": "application/json" };
    const body = JSON.stringify({ token, password: NEW });
    const answer = await fetch(`${testStack().web}/api/password-reset`, { method: "POST", headers, body });
    expect(answer.status).toBe(403);
    await makeSession(person);
  });

  it("lets the person in even after many wrong passwords", async () => {
    const wrong = () => signIn({ ...person, password: "a guess of theirs" }).catch(() => undefined);
    for (let tries = 0; tries < 11; tries += 1) await wrong();
    await expect(signIn(person)).rejects.toThrow();
    await reset(await newToken());
    await signIn({ ...person, password: NEW });
  });
});

describe("without a mail server", () => {
  it("nobody gets a link by mail, whether they have a login or not", async () => {
    for (const email of [person.email, "nobody@penstock.test"]) {
      const answer = await call(operations.requestPasswordReset, { body: { email } });
      expect(errorOf(answer).code).toBe("mail_not_configured");
    }
    const page = await (await fetch(`${testStack().web}/forgot-password`)).text();
    expect(page).toContain("npm run reset-password");
  });
});

describe("an operator's command", () => {
  const command = (shell: string) => runCommand("sh", ["-c", shell]);

  it("prints a link that works, once", async () => {
    const { code, output } = await command(`npm run --silent reset-password -- ${person.email}`);
    expect(code, output).toBe(0);
    const link = /http\S+reset-password#(\S+)/.exec(output);
    expect(output).toContain(`the password of ${person.email}, once, until`);
    expect((await reset(link?.[1] ?? "")).status).toBe(204);
    await signIn({ ...person, password: NEW });
  });

  it("takes a new password from standard input, and prints nothing of it", async () => {
    const session = await makeSession(person);
    const { code, output } = await command(
      `echo '${NEW}' | npm run --silent reset-password -- ${person.email} --stdin`,
    );
    expect(code, output).toBe(0);
    expect(output).not.toContain(NEW);
    expect((await me(session)).status).toBe(401);
    await signIn({ ...person, password: NEW });
    const [entry] = await audited(tenant.organizationId, "account.reset-password");
    expect(entry?.changes).toContainEqual({ field: "by", before: null, after: "the reset-password command" });
  });

  it.each([
    ["an unknown email", "nobody@penstock.test", "No one signs in with nobody@penstock.test."],
    ["a password as an argument", "a@penstock.test my-password", "Use: npm run reset-password -- <email>"],
    ["nothing", "", "Use: npm run reset-password -- <email>"],
  ])("says what is wrong with %s", async (_, args, message) => {
    const { code, output } = await command(`npm run --silent reset-password -- ${args}`);
    expect(code).toBe(1);
    expect(output).toContain(message);
    expect(output).not.toContain("my-password");
  });

  it("refuses a password that is too short", async () => {
    await expect(resetByOperator(person.email, "short")).rejects.toThrow("at least 12 characters");
    await makeSession(person);
  });
});
