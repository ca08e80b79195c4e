import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyRing } from "@/lib/crypto/key-ring";
import { open } from "@/lib/crypto/seal";
import { closeDb, getDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { alertChannels, connections, rateLimits } from "@/lib/db/schema";
import { s3ConfigSchema } from "@/lib/destinations/s3/schema";
import { sealChannel } from "@/lib/services/alert-channels/secrets";
import { connectionAad, sealConnectionSecret } from "@/lib/services/connections/secrets";
import { queueMail } from "@/lib/services/mails/queue";
import { saltOf } from "@/lib/services/projects/salt";
import { closeTemporal, getTemporal } from "@/lib/temporal/client";
import { newEncryptionKey } from "@/local/parts/new-key";
import { connectionBody } from "@/testing/api/make";
import { makeTenant, type Tenant } from "@/testing/api/tenant";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";

// Uses its own installation, because the rotation covers all of its database, namespace, and keys.
const name = `rotate_${randomUUID().replaceAll("-", "")}`;
const server = process.env.DATABASE_URL ?? "";
const OLD = newEncryptionKey("");
const NEW = newEncryptionKey(OLD);
const MANY = 400;
/** Plus two reachable connections, a webhook, a mail, a project's salt, and the key that signs receipts. */
const ALL = MANY + 6;

let tenant: Tenant;
const web: { before?: SpawnedWeb; after?: SpawnedWeb } = {};

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
  Object.assign(process.env, { DATABASE_URL: url.href, TEMPORAL_NAMESPACE: name, ENCRYPTION_KEYS: OLD });
  await migrate(url.href);
  await getTemporal().workflowService.registerNamespace({
    namespace: name,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  tenant = await makeTenant();
  // A rotation without downtime: every server knows the new key before any seals with it.
  web.before = await spawnWeb({ ENCRYPTION_KEYS: `${OLD},${NEW}` });
  web.after = await spawnWeb({ ENCRYPTION_KEYS: `${NEW},${OLD}` });
});

afterAll(async () => {
  await Promise.all([web.before?.stop(), web.after?.stop()]);
  await Promise.all([closeDb(), closeTemporal()]);
  await onServer(`drop database ${name} with (force)`);
});

async function ask<T>(at: SpawnedWeb | undefined, method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${tenant.key}`, "content-type": "application/json" };
  const answer = await fetch(`${at?.web}${path}`, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: answer.status, body: (answer.status === 204 ? null : await answer.json()) as T };
}

function rotate(keys: string): Promise<{ code: number; output: string }> {
  const env = { ...process.env, ENCRYPTION_KEYS: keys };
  return new Promise((resolve) =>
    execFile(process.execPath, ["--import", "tsx", "server/rotate-keys.ts"], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, output: out + err }),
    ),
  );
}

async function storedKeys(): Promise<Record<string, number>> {
  const { rows } = await getDb().execute<{ key: string; count: string }>(sql`
    select split_part(value, '.', 2) as key, count(*)
    from (select secrets as value from connections union all select body from mails
      union all select secrets from alert_channels union all select hash_salt from projects
      union all select secret from signing_keys) as sealed
    where value <> '' group by 1`);
  return Object.fromEntries(rows.map(({ key, count }) => [key, Number(count)]));
}

const id = async (asked: Promise<{ status: number; body: { id: string } }>) => {
  const { status, body } = await asked;
  expect(status).toBe(201);
  return body.id;
};

const connect = () => id(ask(web.before, "POST", `/api/projects/${tenant.projectId}/connections`, connectionBody()));

/**
 * Creates a scheduled export, a historic one whose workflow stays open (there is no worker), many connections, a
 * webhook, and a mail, all under the old key and untouched during the rotation.
 */
async function makeInstallation(): Promise<void> {
  const connectionId = await connect();
  const verified = await ask<{ ok: boolean }>(web.before, "POST", `/api/connections/${connectionId}/verify`);
  expect(verified.body).toMatchObject({ ok: true });
  const destination = { type: "s3", prefix: `${randomUUID()}/` };
  const spec = { name: "E", connectionId, destination, schedule: { every: "hour" } };
  const exportId = await id(ask(web.before, "POST", `/api/projects/${tenant.projectId}/exports`, spec));
  const range = { start: "2026-01-01T00:00:00Z", end: "2026-01-01T02:00:00Z" };
  await id(ask(web.before, "POST", `/api/exports/${exportId}/historic-exports`, range));
  const { projectId, organizationId } = tenant;
  const row = {
    organizationId,
    projectId,
    type: "s3" as const,
    config: s3ConfigSchema.parse({ bucket: "a-bucket", region: "us-east-1", accessKeyId: "id" }),
  };
  const many = Array.from({ length: MANY }, (_, index) => {
    const made = randomUUID();
    const secrets = sealConnectionSecret({ ...row, id: made }, { secretAccessKey: `secret ${index}` });
    return { ...row, id: made, name: `C ${index}`, secrets };
  });
  await getDb().insert(connections).values(many);
  const channelId = randomUUID();
  const secrets = sealChannel(channelId, { url: "https://hooks.example/token", signingSecret: "signing" });
  const channel = { id: channelId, organizationId, kind: "webhook" as const, name: "H", host: "hooks.example" };
  await getDb()
    .insert(alertChannels)
    .values({ ...channel, secrets });
  await saltOf(getDb(), projectId);
  expect((await publicKeys()).map(({ notAfter }) => notAfter)).toEqual([null]);
  await queueMail(getDb(), { organizationId, to: "a@b.example", subject: "S", text: "the mail", html: "H" });
}

interface PublicKey {
  kid: string;
  notAfter: string | null;
}

/** The published keys that verify receipts. Asking creates the first. */
const publicKeys = async () =>
  (await ask<{ keys: PublicKey[] }>(web.before, "GET", "/.well-known/penstock-keys.json")).body.keys;

/** Opens every stored value with only the new key, bound to its row. */
async function openedWithNewKey(): Promise<string[]> {
  const ring = keyRing(NEW, "secrets");
  const { rows } = await getDb().execute<{ aad: string; value: string }>(sql`
    select 'alert_channels:' || id as aad, secrets as value from alert_channels
    union all select 'signing_keys:' || id, secret from signing_keys
    union all select 'mails:' || id, body from mails
    union all select 'projects:' || id, hash_salt from projects where hash_salt <> ''`);
  const connected = await getDb().select().from(connections);
  const bound = connected.map((row) => ({ aad: connectionAad(row).v2 ?? "", value: row.secrets }));
  return [...rows, ...bound].map(({ aad, value }) => {
    const [, keyId = "", data = ""] = value.split(".");
    return open(ring, { keyId, data: Buffer.from(data, "base64") }, aad).toString();
  });
}

/** Opens and replaces a secret through both servers until `ended`. Returns the status codes. */
async function useSecrets(id: string, ended: () => boolean): Promise<number[]> {
  const statuses: number[] = [];
  for (let turn = 0; !ended() || turn < 4; turn++) {
    const at = turn % 2 === 0 ? web.before : web.after;
    if (turn % 4 < 2) {
      const { config } = connectionBody();
      statuses.push((await ask(at, "PATCH", `/api/connections/${id}`, { config })).status);
    }
    const verified = await ask<{ ok?: boolean }>(at, "POST", `/api/connections/${id}/verify`);
    statuses.push(verified.status === 200 && verified.body.ok !== true ? 599 : verified.status);
  }
  // Ignores the rate limit of outgoing requests.
  return statuses.filter((status) => status !== 429);
}

describe("rotating keys", () => {
  it("encrypts all anew while requests run, can be run again, and says what keeps the old key", async () => {
    await makeInstallation();
    const used = await connect();
    expect(await storedKeys()).toEqual({ k1: ALL });
    let done = false;
    const using = useSecrets(used, () => done);
    const first = await rotate(`${NEW},${OLD}`).finally(() => {
      done = true;
    });
    const statuses = await using;
    expect(first).toMatchObject({ code: 0 });
    expect(first.output).toMatch(
      /alert_channels +1 encrypted again\n +mails +1 encrypted again\n +signing_keys +1 encrypted again\n +projects +1 encrypted again\n +schedules +1 encrypted again\nReceipts are now signed with a new key/,
    );
    expect(statuses.length).toBeGreaterThan(4);
    expect(new Set(statuses)).toEqual(new Set([200]));

    // A server that still seals with the old key may have added a value meanwhile.
    const second = await rotate(`${NEW},${OLD}`);
    expect(second).toMatchObject({ code: 0 });
    // The rotation has added a signing key. The old one stays, to verify what it signed.
    const [old, current] = await publicKeys();
    expect(Date.parse(old?.notAfter ?? "")).toBeGreaterThan(Date.now());
    expect(current?.notAfter).toBeNull();
    expect(second.output).not.toContain("Receipts are now signed with a new key");
    expect(await storedKeys()).toEqual({ k2: ALL + 1 });
    const opened = await openedWithNewKey();
    for (let index = 0; index < MANY; index++) expect(opened).toContain(`{"secretAccessKey":"secret ${index}"}`);
    expect(opened).toContain('{"url":"https://hooks.example/token","signingSecret":"signing"}');
    expect(opened).toContain('{"text":"the mail","html":"H"}');
    const third = await rotate(`${NEW},${OLD}`);
    expect(third.output.match(/\b0 encrypted again/g)).toHaveLength(6);
    expect(third.output).toMatch(/k2 +407 stored, 1 schedules, 0 open workflows \(the current key\)/);
    expect(third.output).toMatch(/k1 +0 stored, 0 schedules, 1 open workflows/);
    expect(third.output).toContain("Keep the other keys.");
    console.log(first.output);

    // The uses above may have reached the limit of outgoing requests, which all servers share.
    await getDb().delete(rateLimits);
    const alone = await spawnWeb({ ENCRYPTION_KEYS: NEW });
    const verified = await ask<{ ok: boolean }>(alone, "POST", `/api/connections/${used}/verify`).finally(() =>
      alone.stop(),
    );
    expect([verified.status, verified.body.ok]).toEqual([200, true]);
  });

  it("names the rows whose key is gone, leaves them, and does the rest", async () => {
    const id = randomUUID();
    const { projectId, organizationId } = tenant;
    const lost = `v1.lost.${Buffer.alloc(60).toString("base64")}`;
    const row = {
      organizationId,
      projectId,
      type: "s3" as const,
      name: "Lost",
      config: s3ConfigSchema.parse({ bucket: "a-bucket", region: "us-east-1", accessKeyId: "id" }),
    };
    await getDb()
      .insert(connections)
      .values({ ...row, id, secrets: lost });
    const other = randomUUID();
    const secrets = sealConnectionSecret({ ...row, id: other }, { secretAccessKey: "x" });
    await getDb()
      .insert(connections)
      .values({ ...row, id: other, secrets });
    const { code, output } = await rotate(`${NEW},${OLD}`);
    expect(code).toBe(1);
    expect(output).toContain(`connections ${id}: The encryption key "lost" isn't in ENCRYPTION_KEYS`);
    expect(output).toMatch(/connections +1 encrypted again/);
    expect(await storedKeys()).toEqual({ k2: ALL + 2, lost: 1 });
  });
});
