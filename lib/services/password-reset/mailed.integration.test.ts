import { randomInt, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { mails, verification } from "@/lib/db/schema";
import { LIMITS } from "@/lib/services/rate-limits/limits";
import { MailServer } from "@/testing/api/smtp";
import { makeTenant, makeUser } from "@/testing/api/tenant";
import { until } from "@/testing/runs/until";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";

const log = join(process.env.PENSTOCK_LOG_DIR ?? tmpdir(), `web-reset-${randomUUID()}.log`);
let smtp: MailServer;
let web: SpawnedWeb;

beforeAll(async () => {
  smtp = await MailServer.open();
  // Trusts X-Forwarded-For, so that tests can use many addresses.
  web = await spawnWeb({ SMTP_URL: smtp.url, LOG_LEVEL: "debug", TRUSTED_PROXIES: "loopback" }, log);
});
afterAll(async () => {
  await web?.stop();
  await smtp?.close();
});

const address = () => `198.18.${randomInt(256)}.${randomInt(256)}`;

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${web.web}/api/password-reset${path}`, {
    method: "POST",
    headers: { origin: web.web, "content-type": "application/json", "x-forwarded-for": address(), ...headers },
    body: JSON.stringify(body),
  });
const request = (email: string) => post("/request", { email });

describe("a reset by mail", () => {
  it("sends a link that sets the password, which no log and no row has", async () => {
    const person = await makeUser(await makeTenant(), "member");
    expect((await request(person.email.toUpperCase())).status).toBe(204);
    const mail = await until("the mail arrived", async () => smtp.to(person.email)[0]);
    const [link = "", token = ""] = /http\S+\/reset-password#(\S+)/.exec(mail.text) ?? [];
    expect(link.startsWith(`${web.web}/reset-password#`)).toBe(true);
    const sent = await until("the mail was marked as sent", async () => {
      const [row] = await getDb().select().from(mails).where(eq(mails.to, person.email));
      return row?.state === "sent" && row;
    });
    // Its link is as good as a password: no organization reads it, and it is erased.
    expect(sent).toMatchObject({ organizationId: null, body: "" });
    expect((await post("/look-up", { token })).status).toBe(200);
    expect((await post("", { token, password: "a password to remember" })).status).toBe(204);
    const logged = readFileSync(log, "utf8");
    expect(logged).toContain("/api/password-reset/request");
    expect(logged).not.toContain(token);
    expect(logged).not.toContain("a password to remember");
  });

  it("answers the same for an address without a login, and sends nothing there", async () => {
    const person = await makeUser(await makeTenant(), "member");
    const unknown = `${randomUUID()}@penstock.test`;
    const shape = async (email: string) => {
      const answer = await request(email);
      const headers = [...answer.headers.keys()].filter((name) => name !== "date").sort();
      return { status: answer.status, text: await answer.text(), headers };
    };
    expect(await shape(unknown)).toEqual(await shape(person.email));
    // The known address came second, so the unknown one's mail would be there first.
    await until("the mail arrived", async () => smtp.to(person.email)[0]);
    expect(smtp.to(unknown)).toEqual([]);
    expect(await getDb().select().from(mails).where(eq(mails.to, unknown))).toEqual([]);
  });

  it("is answered before the address is looked up, so that its timing reveals nothing", async () => {
    const person = await makeUser(await makeTenant(), "member");
    const lock = Promise.withResolvers<void>();
    const locked = Promise.withResolvers<void>();
    const holding = getDb().transaction(async (tx) => {
      await tx.execute("lock table verification in access exclusive mode");
      locked.resolve();
      await lock.promise;
    });
    await locked.promise;
    try {
      expect((await request(person.email)).status).toBe(204);
    } finally {
      lock.resolve();
      await holding;
    }
    await until("the mail arrived", async () => smtp.to(person.email)[0]);
  });

  it.each([
    ["with a login", async () => (await makeUser(await makeTenant(), "member")).email],
    ["without one", async () => `${randomUUID()}@penstock.test`],
  ])("is limited for an address %s, also for many requests at once", async (_, make) => {
    const email = await make();
    const answers = await Promise.all(Array.from({ length: 8 }, () => request(email)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(5).fill(204), ...Array(3).fill(429)]);
    expect(answers.find(({ status }) => status === 429)?.headers.get("retry-after")).toMatch(/^\d+$/);
  });

  it("is limited by address, for any email", async () => {
    const from = { "x-forwarded-for": address() };
    const tries = Array.from({ length: LIMITS["reset-address"].points + 1 }, () =>
      post("/request", { email: `${randomUUID()}@penstock.test` }, from),
    );
    const refused = (await Promise.all(tries)).filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
  });

  it("is not requested by another site's page", async () => {
    const { email } = await makeUser(await makeTenant(), "member");
    expect((await post("/request", { email }, { origin: "https://elsewhere.example" })).status).toBe(403);
    expect((await post("/request", { email }, { "content-type": "text/plain" })).status).toBe(415);
    expect(await getDb().select().from(mails).where(eq(mails.to, email))).toEqual([]);
  });

  it("is refused for what is no address", async () => {
    expect((await request("not an address")).status).toBe(422);
    const before = await getDb().$count(verification);
    expect((await request(`"'; drop table user; --"@penstock.test`)).status).toBe(422);
    expect(await getDb().$count(verification)).toBe(before);
  });

  it("never puts a page's address into a Referer of another site", async () => {
    const page = await fetch(`${web.web}/reset-password`);
    expect(page.headers.get("referrer-policy")).toBe("same-origin");
  });
});
