import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as operations from "@/lib/openapi/operations";
import { connectionBody } from "@/testing/api/make";
import { makeSession } from "@/testing/api/session";
import { makeTenant, makeUser, type Tenant } from "@/testing/api/tenant";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";

const LIMIT = 3;

let web: SpawnedWeb;
let tenant: Tenant;
let owner: { cookie: string };
beforeAll(async () => {
  const all = { QUOTA_EXPORTS: LIMIT, QUOTA_CONNECTIONS: LIMIT, QUOTA_API_KEYS: LIMIT + 1, QUOTA_INVITATIONS: LIMIT };
  web = await spawnWeb(Object.fromEntries(Object.entries(all).map(([name, value]) => [name, String(value)])));
  tenant = await makeTenant();
  owner = await makeSession(await makeUser(tenant, "owner"));
});
afterAll(() => web?.stop());

async function ask(method: string, path: string, body?: object) {
  const answer = await fetch(`${web.web}${path}`, {
    method,
    headers: { ...owner, origin: web.web, ...(body && { "content-type": "application/json" }) },
    body: body ? JSON.stringify(body) : null,
  });
  return {
    status: answer.status,
    body: (await answer.json()) as { id: string; error?: { code: string; message: string } },
  };
}

/** Uses an existing connection. */
async function makeExport() {
  const { body } = await ask("GET", inProject("connections"));
  const [connection] = (body as unknown as { items: { id: string }[] }).items;
  const destination = { type: "s3", prefix: `${randomUUID()}/` };
  const schedule = { every: "hour" };
  return ask("POST", inProject("exports"), {
    name: "E",
    connectionId: connection!.id,
    destination,
    schedule,
    paused: true,
  });
}

const inProject = (path: string) => `/api/projects/${tenant.projectId}/${path}`;

it.each([
  ["connections", () => ask("POST", inProject("connections"), connectionBody()), "QUOTA_CONNECTIONS"],
  ["API keys", () => ask("POST", inProject("api-keys"), { name: "K", scopes: ["read"] }), "QUOTA_API_KEYS"],
  [
    "pending invitations",
    () => ask("POST", "/api/invitations", { email: `${Math.random()}@penstock.test`, role: "viewer" }),
    "QUOTA_INVITATIONS",
  ],
  ["exports", makeExport, "QUOTA_EXPORTS"],
])(
  "an organization has no more %s than the operator allows, however many are made at once",
  async (words, make, variable) => {
    const answers = await Promise.all(Array.from({ length: LIMIT + 3 }, make));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(LIMIT);
    const refused = answers.filter(({ status }) => status !== 201);
    for (const { status, body } of refused) {
      expect([status, body.error?.code]).toEqual([409, "quota_reached"]);
      expect(body.error?.message).toMatch(new RegExp(`${words}.*${variable}`));
    }
  },
);

it("shows what there is of each, and what there may be", async () => {
  const { body } = await ask("GET", operations.getQuotas.path);
  expect(body).toEqual({
    items: [
      { quota: "exports", used: LIMIT, limit: LIMIT },
      { quota: "connections", used: LIMIT, limit: LIMIT },
      { quota: "api_keys", used: LIMIT + 1, limit: LIMIT + 1 },
      { quota: "invitations", used: LIMIT, limit: LIMIT },
      { quota: "historic_exports", used: 0, limit: 200 },
    ],
  });
});
