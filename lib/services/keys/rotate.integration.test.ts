import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDb, getDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { connections } from "@/lib/db/schema";
import { sealConnectionSecret } from "@/lib/services/connections/secrets";
import { queueMail } from "@/lib/services/mails/queue";
import { connectionBody } from "@/lib/services/testing/make";
import { makeTenant, type Tenant } from "@/lib/services/testing/tenant";
import { closeTemporal, getTemporal } from "@/lib/temporal/client";
import { newEncryptionKey } from "@/local/parts/new-key";
import { type SpawnedWeb, spawnWeb } from "@/local/spawn-web";

// An installation of its own, because all of it is rotated: its database, its namespace, its keys.
const name = `rotate_${randomUUID().replaceAll("-", "")}`;
const server = process.env.DATABASE_URL ?? "";
const OLD = newEncryptionKey("");
const NEW = newEncryptionKey(OLD);
const MANY = 400;

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
  // The steps of a rotation without downtime: the new key is known to all before anybody seals with it.
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
    execFile(process.execPath, ["--import", "tsx", "local/rotate-keys.ts"], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, output: out + err }),
    ),
  );
}

async function storedKeys(): Promise<Record<string, number>> {
  const { rows } = await getDb().execute<{ key: string; count: string }>(sql`
    select split_part(value, '.', 2) as key, count(*)
    from (select secrets as value from connections union all select body from mails) as sealed
    where value <> '' group by 1`);
  return Object.fromEntries(rows.map(({ key, count }) => [key, Number(count)]));
}

/** A connection, an export with a schedule, and two workflows that stay open, because no worker is there: its first run and a historic one. */
async function makeInstallation(): Promise<string> {
  const path = `/api/projects/${tenant.projectId}`;
  const made = await ask<{ id: string }>(web.before, "POST", `${path}/connections`, connectionBody());
  const verified = await ask<{ ok: boolean }>(web.before, "POST", `/api/connections/${made.body.id}/verify`);
  expect(verified.body).toMatchObject({ ok: true });
  const spec = { name: "E", connectionId: made.body.id, destination: { type: "s3" }, schedule: { every: "hour" } };
  const exported = await ask<{ id: string }>(web.before, "POST", `${path}/exports`, spec);
  expect(exported.status).toBe(201);
  const range = { start: "2026-01-01T00:00:00Z", end: "2026-01-01T02:00:00Z" };
  const historic = await ask(web.before, "POST", `/api/exports/${exported.body.id}/historic-exports`, range);
  expect(historic.status).toBe(201);
  const { projectId, organizationId } = tenant;
  const config = { ...connectionBody().config, auth: "keys", roleArn: null, prefix: "" };
  await getDb()
    .insert(connections)
    .values(
      Array.from({ length: MANY }, (_, index) => {
        const id = randomUUID();
        const secrets = sealConnectionSecret(id, { secretAccessKey: `secret ${index}` });
        return {
          id,
          organizationId,
          projectId,
          type: "s3" as const,
          name: `C ${index}`,
          config: config as never,
          secrets,
        };
      }),
    );
  await queueMail(getDb(), { organizationId, to: "a@b.example", subject: "S", text: "T", html: "H" });
  return made.body.id;
}

/** Opens and replaces a secret again and again by both servers until it is told to end; answers with what was answered. */
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
  // The limit of requests that reach out is not what this is about.
  return statuses.filter((status) => status !== 429);
}

describe("rotating keys", () => {
  it("encrypts all anew while requests run, can be run again, and says what keeps the old key", async () => {
    const id = await makeInstallation();
    expect(await storedKeys()).toEqual({ k1: MANY + 2 });
    let done = false;
    const using = useSecrets(id, () => done);
    const first = await rotate(`${NEW},${OLD}`).finally(() => {
      done = true;
    });
    const statuses = await using;
    expect(first).toMatchObject({ code: 0 });
    expect(statuses.length).toBeGreaterThan(4);
    expect(new Set(statuses)).toEqual(new Set([200]));

    // A server that seals with the old key still has put one of its own there meanwhile, perhaps.
    const second = await rotate(`${NEW},${OLD}`);
    expect(second).toMatchObject({ code: 0 });
    expect(await storedKeys()).toEqual({ k2: MANY + 2 });
    const third = await rotate(`${NEW},${OLD}`);
    expect(third.output.match(/\b0 encrypted anew/g)).toHaveLength(4);
    expect(third.output).toMatch(/k2 +402 stored, 1 schedules, 0 open workflows \(the current key\)/);
    expect(third.output).toMatch(/k1 +0 stored, 0 schedules, 2 open workflows/);
    expect(third.output).toContain("Keep the other keys.");
    console.log(first.output);

    const alone = await spawnWeb({ ENCRYPTION_KEYS: NEW });
    const verified = await ask<{ ok: boolean }>(alone, "POST", `/api/connections/${id}/verify`).finally(() =>
      alone.stop(),
    );
    expect([verified.status, verified.body.ok]).toEqual([200, true]);
  });

  it("names the rows whose key is gone, leaves them, and does the rest", async () => {
    const id = randomUUID();
    const { projectId, organizationId } = tenant;
    const lost = `v1.lost.${Buffer.alloc(60).toString("base64")}`;
    const row = { organizationId, projectId, type: "s3" as const, name: "Lost", config: {} as never };
    await getDb()
      .insert(connections)
      .values({ ...row, id, secrets: lost });
    const other = randomUUID();
    const secrets = sealConnectionSecret(other, { secretAccessKey: "x" });
    await getDb()
      .insert(connections)
      .values({ ...row, id: other, secrets });
    const { code, output } = await rotate(`${NEW},${OLD}`);
    expect(code).toBe(1);
    expect(output).toContain(`connections ${id}: The encryption key "lost" is not in ENCRYPTION_KEYS`);
    expect(output).toMatch(/connections +1 encrypted anew/);
    expect(await storedKeys()).toEqual({ k2: MANY + 3, lost: 1 });
  });
});
