import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { getAuth } from "@/lib/services/auth/auth";
import { connectionBody } from "@/testing/api/make";
import { makeSession } from "@/testing/api/session";
import { testStack } from "@/testing/api/stack";
import { makeTenant, makeUser, type Person, type Tenant } from "@/testing/api/tenant";

const JSON_TYPE = { "content-type": "application/json" };

let tenant: Tenant;
let admin: Person;
let session: { cookie: string };

beforeAll(async () => {
  tenant = await makeTenant();
  admin = await makeUser(tenant, "admin");
  session = await makeSession(admin);
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${testStack().web}${path}`, { redirect: "manual", ...init });

const post = (path: string, headers: Record<string, string>, body: unknown = {}) =>
  ask(path, { method: "POST", headers, body: typeof body === "string" ? body : JSON.stringify(body) });

describe("a write with a person's cookie", () => {
  const write = (headers: Record<string, string>) =>
    post(`/api/projects/${tenant.projectId}/connections`, { ...session, ...headers }, connectionBody());
  const own = () => testStack().web;

  it.each([
    ["another origin", { ...JSON_TYPE, origin: "https://elsewhere.example" }, 403],
    ["another port of this host", { ...JSON_TYPE, origin: "http://127.0.0.1:1" }, 403],
    ["an origin that begins like ours", () => ({ ...JSON_TYPE, origin: `${own()}.evil.example` }), 403],
    ["a page without an origin (a sandbox)", { ...JSON_TYPE, origin: "null" }, 403],
    ["no origin, but another site", { ...JSON_TYPE, "sec-fetch-site": "cross-site" }, 403],
    ["no origin, but a neighbour of this site", { ...JSON_TYPE, "sec-fetch-site": "same-site" }, 403],
    ["a form as text", { "content-type": "text/plain" }, 415],
    ["a form as a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["a form as text with JSON in its words", { "content-type": "text/plain; application/json" }, 415],
    ["a form of our own page", () => ({ "content-type": "text/plain", origin: own() }), 415],
    ["our own page", () => ({ ...JSON_TYPE, origin: own(), "sec-fetch-site": "same-origin" }), 201],
    ["no browser", JSON_TYPE, 201],
  ])("from %s", async (_, headers, status) => {
    const answer = await write(typeof headers === "function" ? headers() : headers);
    expect(answer.status).toBe(status);
    if (status !== 201) expect((await answer.json()).error.message).toMatch(/\w+/);
  });
});

describe("the doors of sessions", () => {
  it.each(["sign-in/email", "sign-out"])("%s opens to no other site", async (door) => {
    for (const [name, value] of [
      ["origin", "https://elsewhere.example"],
      ["sec-fetch-site", "cross-site"],
    ] as const) {
      const answer = await post(`/api/auth/${door}`, { ...JSON_TYPE, ...session, [name]: value }, admin);
      expect(answer.status).toBe(403);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect((await ask("/api/me", { headers: session })).status).toBe(200);
  });

  it("signing in takes JSON only, and says nothing of the session but its cookie", async () => {
    const login = { email: admin.email, password: admin.password };
    expect((await post("/api/auth/sign-in/email", { "content-type": "text/plain" }, login)).status).toBe(415);
    const answer = await post("/api/auth/sign-in/email", JSON_TYPE, login);
    expect(await answer.json()).toEqual({ ok: true });
    const [cookie = ""] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
  });

  it("a session says whose it is, and not its token", async () => {
    const answer = await ask("/api/auth/get-session", { headers: session });
    expect(await answer.json()).toEqual({ user: { email: admin.email } });
    expect(await (await ask("/api/auth/get-session")).json()).toBeNull();
  });

  it("are the only ones of the library that are open", async () => {
    const OPEN = ["/sign-in/email", "/sign-out", "/get-session"];
    const endpoints = Object.values(getAuth().api) as { path?: string; options?: { method?: string | string[] } }[];
    const closed = endpoints.filter(({ path }) => path !== undefined && !OPEN.includes(path));
    expect(closed.length).toBeGreaterThan(20);
    for (const { path = "", options } of closed)
      for (const method of [options?.method ?? "GET"].flat()) {
        const body = method === "GET" ? null : JSON.stringify({ newEmail: `${randomUUID()}@penstock.test` });
        const address = `/api/auth${path.replaceAll(/:\w+/g, "x")}`;
        const answer = await ask(address, { method, headers: { ...JSON_TYPE, ...session }, body });
        expect(`${method} ${address} ${answer.status}`).toBe(`${method} ${address} 404`);
        expect((await answer.json()).error.code).toBe("not_found");
      }
  });
});

describe("nothing leads to another site", () => {
  it.each([
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "///elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example/",
    "/\t/elsewhere.example/",
    "/.//elsewhere.example/",
    "%2F%2Felsewhere.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "/exports/../..//elsewhere.example",
  ])("signed in, the sign-in page with next=%j", async (next) => {
    const answer = await ask(`/sign-in?next=${encodeURIComponent(next)}`, { headers: session });
    expect(answer.status).toBe(307);
    const { web } = testStack();
    expect(new URL(answer.headers.get("location") ?? "", web).origin).toBe(new URL(web).origin);
    expect(await answer.text()).not.toContain("elsewhere.example/");
  });

  it.each(["callbackURL", "redirectTo", "errorCallbackURL"])("nor does %s at signing in", async (name) => {
    const { email, password } = admin;
    const body = { email, password, [name]: "https://elsewhere.example/" };
    const answer = await post("/api/auth/sign-in/email", JSON_TYPE, body);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("location")).toBeNull();
    expect(await answer.text()).not.toContain("elsewhere");
  });

  it.each(["//elsewhere.example", "//elsewhere.example/%2e%2e", "/%5Celsewhere.example", "/\\elsewhere.example"])(
    "nor does the address %s itself",
    async (path) => {
      const answer = await ask(path);
      const location = answer.headers.get("location");
      const { web } = testStack();
      if (location !== null) expect(new URL(location, web).origin).toBe(new URL(web).origin);
      expect(answer.status).not.toBe(500);
    },
  );
});
