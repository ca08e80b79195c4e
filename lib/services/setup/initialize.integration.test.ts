import { randomUUID } from "node:crypto";
import { verifyPassword } from "better-auth/crypto";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDb, getDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { account, apiKeys, user } from "@/lib/db/schema";
import { authenticateKey } from "@/lib/services/api-keys/authenticate";
import { initialize } from "./initialize";

const server = process.env.DATABASE_URL ?? "";
let key = "";
const name = `empty_${randomUUID().replaceAll("-", "")}`;

async function onServer(statement: string) {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}

beforeAll(async () => {
  await onServer(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  process.env.DATABASE_URL = url.href;
  await Promise.all([migrate(url.href), migrate(url.href)]);
});

afterAll(async () => {
  await closeDb();
  await onServer(`drop database ${name} with (force)`);
  process.env.DATABASE_URL = server;
});

it("sets an empty database up once, however many ask at the same time", async () => {
  const all = await Promise.all([initialize(), initialize(), initialize(), initialize()]);
  const made = all.filter(({ login, apiKey }) => login !== null || apiKey !== null);
  expect(made).toHaveLength(1);
  expect(new Set(all.map(({ projectId }) => projectId)).size).toBe(1);
  const { login, apiKey, organizationId, projectId } = made[0]!;
  expect(login?.password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
  key = apiKey ?? "";
  expect(await authenticateKey(key, { ip: null, userAgent: null })).toMatchObject({
    organizationId,
    projectIds: [projectId],
    scopes: ["read", "write"],
  });
  const [credential] = await getDb().select().from(account);
  expect(await verifyPassword({ hash: credential?.password ?? "", password: login!.password })).toBe(true);
  expect(await getDb().select({ email: user.email }).from(user)).toEqual([{ email: login!.email }]);
});

it("notes the use of a key at most once a minute, and refuses it once it is revoked", async () => {
  const stored = async () => (await getDb().select().from(apiKeys))[0]!;
  const first = await stored();
  expect(first.lastUsedAt).not.toBeNull();
  expect(await authenticateKey(key, { ip: null, userAgent: null })).not.toBeNull();
  expect((await stored()).lastUsedAt).toEqual(first.lastUsedAt);
  expect(JSON.stringify(first)).not.toContain(key);
  await getDb().update(apiKeys).set({ revokedAt: new Date() });
  expect(await authenticateKey(key, { ip: null, userAgent: null })).toBeNull();
});
