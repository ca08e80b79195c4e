import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { auditLog, session, user } from "@/lib/db/schema";
import { connectionBody } from "@/testing/api/make";
import { secretsIn } from "@/testing/api/needles";
import { testStack } from "@/testing/api/stack";
import { makeTenant, makeUser } from "@/testing/api/tenant";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";

const CLIENT = "203.0.113.77";

let proxied: SpawnedWeb;

beforeAll(async () => {
  proxied = await spawnWeb({ TRUSTED_PROXIES: "loopback", APP_URL: "https://penstock.example.com" });
});
afterAll(() => proxied.stop());

/** Signs in and creates a connection with headers that claim an address; returns the recorded addresses. */
async function notedAddresses(web: string) {
  const tenant = await makeTenant();
  const login = await makeUser(tenant, "admin");
  const origin = web === proxied.web ? "https://penstock.example.com" : web;
  const claims = { "x-forwarded-for": CLIENT, "x-real-ip": CLIENT, forwarded: `for=${CLIENT}` };
  const headers = { ...claims, "content-type": "application/json", origin };
  const post = (path: string, body: unknown, more = {}) =>
    fetch(`${web}/api/${path}`, { method: "POST", headers: { ...headers, ...more }, body: JSON.stringify(body) });
  const signedIn = await post("auth/sign-in/email", login);
  expect(signedIn.status).toBe(200);
  const cookie = signedIn.headers.getSetCookie().map((it) => it.split(";", 1)[0]);
  const made = await post(`projects/${tenant.projectId}/connections`, connectionBody(), { cookie: cookie.join("; ") });
  expect(made.status).toBe(201);
  const [found] = await getDb()
    .select({ ip: session.ipAddress })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .where(eq(user.email, login.email));
  const [audited] = await getDb()
    .select({ ip: auditLog.ip })
    .from(auditLog)
    .where(eq(auditLog.organizationId, tenant.organizationId))
    .orderBy(desc(auditLog.id));
  return { session: found?.ip, audit: audited?.ip };
}

describe("the client's address", () => {
  it("is the peer's, whatever the client writes", async () => {
    expect(await notedAddresses(testStack().web)).toEqual({ session: "127.0.0.1", audit: "127.0.0.1" });
  });

  it("is what a trusted proxy says", async () => {
    expect(await notedAddresses(proxied.web)).toEqual({ session: CLIENT, audit: CLIENT });
  });
});

describe("headers of security", () => {
  const get = (web: string, path: string) => fetch(`${web}${path}`, { redirect: "manual" });

  it.each(["/sign-in", "/exports", "/nowhere", "/api/health", "/api/nothing/here", "/api/projects"])(
    "are on %s",
    async (path) => {
      const { headers } = await get(testStack().web, path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("same-origin");
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("permissions-policy")).toContain("camera=()");
      expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; .*frame-ancestors 'none'/);
      expect(headers.get("x-powered-by")).toBeNull();
      expect(headers.get("strict-transport-security")).toBeNull();
    },
  );

  it("demand HTTPS where the app's address has it", async () => {
    for (const path of ["/sign-in", "/api/health"])
      expect((await get(proxied.web, path)).headers.get("strict-transport-security")).toContain("max-age=63072000");
  });

  it("have another nonce each time, which every script of the page carries", async () => {
    const answers = await Promise.all([1, 2].map(() => get(testStack().web, "/sign-in")));
    const nonces = answers.map(
      ({ headers }) => /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1],
    );
    expect(new Set(nonces).size).toBe(2);
    const html = (await answers[0]?.text()) ?? "";
    const scripts = html.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonces[0]}"`))).toEqual([]);
  });

  it("let nobody choose the nonce", async () => {
    const headers = { "x-nonce": "mine", "content-security-policy": "script-src 'nonce-mine'" };
    const answer = await fetch(`${testStack().web}/sign-in`, { headers });
    expect(answer.headers.get("content-security-policy")).not.toContain("mine");
    expect(await answer.text()).not.toContain('nonce="mine"');
  });
});

it("logs nothing of a request's headers or body, also while the database is away", async () => {
  const log = join(process.env.PENSTOCK_LOG_DIR ?? "", `web-away-${randomUUID()}.log`);
  const away = await spawnWeb({ DATABASE_URL: "postgres://penstock:db-password@127.0.0.1:1/penstock" }, log);
  const token = randomUUID();
  // Signed like the app's; otherwise it would not be looked up.
  const signature = createHmac("sha256", process.env.AUTH_SECRET ?? "")
    .update(token)
    .digest("base64");
  const secrets = {
    token,
    signature,
    password: randomUUID(),
    key: `pk_${randomUUID()}`,
    query: randomUUID(),
  };
  const cookie = `better-auth.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
  const json = { "content-type": "application/json" };
  const login = { email: "somebody@penstock.test", password: secrets.password };
  const [, ...statuses] = await Promise.all(
    [
      fetch(`${away.web}/exports?next=${secrets.query}`, { headers: { cookie, authorization: secrets.key } }),
      fetch(`${away.web}/api/me`, { headers: { cookie } }),
      fetch(`${away.web}/api/projects`, { headers: { authorization: `Bearer ${secrets.key}` } }),
      fetch(`${away.web}/api/auth/sign-in/email`, { method: "POST", headers: json, body: JSON.stringify(login) }),
      fetch(`${away.web}/api/invitations/look-up`, {
        method: "POST",
        headers: json,
        body: `{"token": "${secrets.key}"}`,
      }),
    ].map(async (answer) => (await answer).status),
  ).finally(() => away.stop());
  // A page's status is sent before it breaks; the API can still report the failure.
  expect(statuses).toEqual([503, 503, 503, 503]);
  const logged = readFileSync(log, "utf8");
  // It did log the failure.
  expect(logged).toContain("ECONNREFUSED");
  expect(secretsIn(logged, { ...secrets, database: "db-password", email: login.email })).toEqual([]);
});

it("answers methods that nothing has with 405", async () => {
  const { hostname, port } = new URL(testStack().web);
  const status = await new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method: "TRACE", path: "/api/health" }, (answer) => {
      answer.resume();
      resolve([answer.statusCode, answer.headers.allow]);
    });
    sent.on("error", reject).end();
  });
  expect(status).toEqual([405, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"]);
});

it("answers what is no HTTP with 400 and closes", async () => {
  const { hostname, port } = new URL(testStack().web);
  const answer = await new Promise<string>((resolve, reject) => {
    let text = "";
    const socket = connect(Number(port), hostname, () => socket.write("nonsense\r\n\r\n"));
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("close", () => resolve(text));
    socket.on("error", reject);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 400/);
});

it("ends on SIGTERM after the requests under way, with code 0", async () => {
  const other = await spawnWeb({});
  const asked = fetch(`${other.web}/api/health`);
  // Once the server responds to another request on the same event loop, this one is in progress.
  await fetch(`${other.web}/api/openapi.json`);
  void other.stop("SIGTERM");
  expect((await asked).status).toBe(200);
  expect(await other.exited).toEqual({ code: 0, signal: null });
});
