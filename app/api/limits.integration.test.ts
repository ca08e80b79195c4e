import { randomInt, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LIMITS } from "@/lib/services/rate-limits/limits";
import { cookieOf } from "@/testing/api/call";
import { connectionBody } from "@/testing/api/make";
import { makeTenant, makeUser } from "@/testing/api/tenant";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";

const RATE = 40;

/** Trusts `X-Forwarded-For`, so that tests can use many addresses. */
let server: SpawnedWeb;
let strict: SpawnedWeb;
beforeAll(async () => {
  server = await spawnWeb({ TRUSTED_PROXIES: "loopback" });
  strict = await spawnWeb({ TRUSTED_PROXIES: "loopback", API_RATE_PER_MINUTE: String(RATE) });
});
afterAll(() => Promise.all([server.stop(), strict.stop()]));

const address = () => `198.18.${randomInt(256)}.${randomInt(256)}`;

function trySignIn(
  { email, password }: { email: string; password: string },
  from: string,
  cookie = "",
): Promise<Response> {
  const login = { email, password };
  const headers = { "content-type": "application/json", "x-forwarded-for": from, origin: server.web, cookie };
  return fetch(`${server.web}/api/auth/sign-in/email`, { method: "POST", headers, body: JSON.stringify(login) });
}

const wrong = (email: string) => ({ email, password: "not the password" });
const error = async (response: Response) => (await response.json()).error as { code: string; message: string };

describe("signing in", () => {
  it.each(["known", "unknown"])("is refused to an address after ten wrong passwords for a %s account", async (kind) => {
    const person = await makeUser(await makeTenant(), "member");
    const login = kind === "known" ? person : { ...person, email: `${randomUUID()}@penstock.test` };
    const from = address();
    for (let count = 0; count < LIMITS["sign-in-pair"].points; count++) {
      const answer = await trySignIn(wrong(login.email.toUpperCase()), from);
      expect(answer.status).toBe(401);
      expect(await error(answer)).toEqual({
        code: "wrong_login",
        message: "Wrong email or password.",
      });
    }
    const refused = await trySignIn(login, from);
    expect(refused.status).toBe(429);
    const wait = Number(refused.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(800);
    expect(wait).toBeLessThanOrEqual(900);
    expect(await error(refused)).toEqual({
      code: "too_many_requests",
      message: "Too many sign-in attempts. Try again in 15 minutes.",
    });
    // The same person from another address.
    if (kind === "known") expect((await trySignIn(login, address())).status).toBe(200);
  });

  it("is refused to new browsers after a hundred wrong passwords from anywhere, never to one that is known", async () => {
    const tenant = await makeTenant();
    const [person, other] = [await makeUser(tenant, "member"), await makeUser(tenant, "member")];
    const known = cookieOf((await trySignIn(person, address())).headers).cookie;
    expect(known).toContain("penstock.device=");
    const most = LIMITS["sign-in-account"].points;
    const statuses: number[] = [];
    for (let count = 0; count < most; count += 20)
      for (const answer of await Promise.all(
        Array.from({ length: 20 }, () => trySignIn(wrong(person.email), address())),
      ))
        statuses.push(answer.status);
    expect(statuses).toEqual(Array.from({ length: most }, () => 401));
    expect((await trySignIn(person, address())).status).toBe(429);
    expect((await trySignIn(person, address(), known)).status).toBe(200);
    // A forged cookie does not count, and a device is known for one account only.
    for (const cookie of [
      known.replace(/.$/, (last) => (last === "A" ? "B" : "A")),
      "penstock.device=a.b",
      "penstock.device=",
    ])
      expect((await trySignIn(person, address(), cookie)).status).toBe(429);
    for (let count = 0; count < LIMITS["sign-in-device"].points; count++)
      expect((await trySignIn(wrong(person.email), address(), known)).status).toBe(401);
    expect((await trySignIn(person, address(), known)).status).toBe(429);
    expect((await trySignIn(other, address(), known)).status).toBe(200);
  });

  it("counts tries at the same time", async () => {
    const { email } = await makeUser(await makeTenant(), "member");
    const from = address();
    const answers = await Promise.all(Array.from({ length: 30 }, () => trySignIn(wrong(email), from)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
  });

  it("forgets wrong passwords after the right one", async () => {
    const person = await makeUser(await makeTenant(), "member");
    const from = address();
    for (let round = 0; round < 2; round++) {
      for (let count = 0; count < 9; count++) expect((await trySignIn(wrong(person.email), from)).status).toBe(401);
      expect((await trySignIn(person, from)).status).toBe(200);
    }
  });

  it("is refused to an address, and to its whole IPv6 network, that tries many accounts", async () => {
    const network = `2001:db8:${randomInt(65_536).toString(16)}:${randomInt(65_536).toString(16)}`;
    const from = () => `${network}:${randomInt(65_536).toString(16)}::1`;
    const statuses: number[] = [];
    const most = LIMITS["sign-in-address"].points;
    for (let count = 0; count <= most; count++)
      statuses.push((await trySignIn(wrong(`${randomUUID()}@penstock.test`), from())).status);
    expect(statuses.slice(0, most).every((status) => status === 401)).toBe(true);
    expect(statuses[most]).toBe(429);
    const person = await makeUser(await makeTenant(), "member");
    expect((await trySignIn(person, address())).status).toBe(200);
  });

  it("takes as long for an unknown account as for a wrong password", async () => {
    const times: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
    const tenant = await makeTenant();
    for (let count = 0; count < 9; count++) {
      const { email } = await makeUser(tenant, "member");
      for (const [kind, who] of [
        ["known", email],
        ["unknown", `${randomUUID()}@penstock.test`],
      ] as const) {
        const start = performance.now();
        await (await trySignIn(wrong(who), address())).text();
        times[kind].push(performance.now() - start);
      }
    }
    const median = (values: number[]) => values.toSorted((a, b) => a - b)[4] ?? 0;
    const ratio = median(times.known) / median(times.unknown);
    console.log(`Median: known ${median(times.known).toFixed(1)} ms, unknown ${median(times.unknown).toFixed(1)} ms`);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});

describe("requests to the API", () => {
  const ask = (headers: Record<string, string>, path = "/api/projects") => fetch(`${strict.web}${path}`, { headers });

  const untilRefused = async (headers: () => Record<string, string>, path?: string) => {
    const statuses: number[] = [];
    for (let count = 0; count < RATE + 1; count++) statuses.push((await ask(headers(), path)).status);
    return statuses;
  };

  it("are limited for a key, from wherever it is used, and not for another one", async () => {
    const tenant = await makeTenant();
    const other = await makeTenant();
    const headers = () => ({ authorization: `Bearer ${tenant.key}`, "x-forwarded-for": address() });
    const statuses = await untilRefused(headers);
    expect(statuses.slice(0, RATE).every((status) => status === 200)).toBe(true);
    expect(statuses[RATE]).toBe(429);
    const refused = await ask(headers());
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await error(refused)).code).toBe("too_many_requests");
    expect((await ask({ authorization: `Bearer ${other.key}` })).status).toBe(200);
  });

  it.each([
    ["keys that are none", "/api/projects", { authorization: `Bearer pk_${"a".repeat(40)}` }, 401],
    ["what everybody may ask", "/api/openapi.json", {}, 200],
    ["the doors of sessions", "/api/auth/get-session", {}, 200],
  ])("are limited for an address: %s", async (_, path, more, usual) => {
    const from = address();
    const statuses = await untilRefused(() => ({ ...more, "x-forwarded-for": from }), path);
    expect(statuses.slice(0, RATE).every((status) => status === usual)).toBe(true);
    expect(statuses[RATE]).toBe(429);
    expect((await ask({ ...more, "x-forwarded-for": address() }, path)).status).toBe(usual);
  });
});

it("requests that reach out to other servers have a limit of their own", async () => {
  const { key } = await makeTenant();
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const body = JSON.stringify({ ...connectionBody(), config: { bucket: "b", region: "eu-central-1" } });
  const test = () => fetch(`${server.web}/api/connections/test`, { method: "POST", headers, body });
  // Invalid requests count too and reach no server.
  const statuses: number[] = [];
  for (let count = 0; count <= LIMITS.connect.points; count++) statuses.push((await test()).status);
  expect(statuses.slice(0, -1)).not.toContain(429);
  expect(statuses.at(-1)).toBe(429);
});
