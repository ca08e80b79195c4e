import { randomBytes, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { alerts, mails, session } from "@/lib/db/schema";
import type { Operation } from "@/lib/openapi/operation";
import * as operations from "@/lib/openapi/operations";
import { deliverMails } from "@/lib/services/mails/deliver";
import { queueMail } from "@/lib/services/mails/queue";
import { call, signIn } from "@/testing/api/call";
import { secretsIn } from "@/testing/api/needles";
import { Receiver } from "@/testing/api/receiver";
import { MailServer } from "@/testing/api/smtp";
import { testStack } from "@/testing/api/stack";
import { makeUser as makePerson, makeTenant } from "@/testing/api/tenant";
import { storage } from "@/testing/runs/bucket";
import { fillWindow } from "@/testing/runs/events";
import { pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { needleOf, plantedSecrets } from "@/testing/runs/planted";
import { openProject, type TestProject } from "@/testing/runs/project";
import { allow, makeUser, type S3User } from "@/testing/runs/s3-users";
import { databaseRows, logFiles, type Piece, pageAddresses, temporalHistories } from "@/testing/runs/stores";
import { until } from "@/testing/runs/until";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";

const METRICS_TOKEN = `metrics-${randomUUID()}`;
const SMTP_PASSWORD = `smtp-${randomUUID()}`;

const invitee = `${randomUUID()}@penstock.test`;

let project: TestProject;
let receiver: Receiver;
let smtp: MailServer;
let web: SpawnedWeb;
let owner: { cookie: string };
/** Keyed by the resource's name in an operation's path. */
const ids: Record<string, string> = {};
const secrets: Record<string, string> = {};
/** Not secret, and must be found by each search: one that finds nothing may be searching nothing. */
const plain = { "the connection's name": `Plain ${randomUUID()}` };

const post = async <O extends Operation>(operation: O, body?: unknown, params: Record<string, string> = {}) => {
  const answer = await call(operation, { headers: owner, body, params });
  expect(answer.status, `${operation.id}: ${answer.text}`).toBe(operation.status);
  return answer.body as never as Record<string, string>;
};

/** Creates, by the API, this S3 user's connection to the project's bucket, an export through it, and a run. */
async function runAs(user: S3User, name: string, ends: "Completed" | "Failed"): Promise<Record<string, string>> {
  const { bucket, id: projectId } = project;
  const config = { ...storage(), bucket: bucket.name, forcePathStyle: true, ...user };
  const connection = await post(operations.createConnection, { type: "s3", name, config }, { projectId });
  const destination = { type: "s3", prefix: `${randomUUID()}/` };
  const exported = await post(
    operations.createExport,
    { name, connectionId: connection.id, destination, schedule: { every: "hour" }, paused: true },
    { projectId },
  );
  await call(operations.verifyConnection, { headers: owner, params: { id: connection.id ?? "" } });
  const run = await startWindow(project, exported.id ?? "", pastHour(1));
  await runWhen(project, run, ({ state }) => state === ends);
  return { connections: connection.id ?? "", exports: exported.id ?? "", runs: run };
}

/** Connections to each kind of warehouse: created, changed, tested, and deleted. */
async function useWarehouses(): Promise<void> {
  const { id: projectId } = project;
  for (const { type, config, make } of plantedSecrets(new URL(process.env.DATABASE_URL ?? ""))) {
    const [first, second] = [make(), make()];
    for (const [n, values] of [first, second].entries())
      for (const [field, value] of Object.entries(values))
        secrets[`${field} ${n + 1} of ${type}, ${Object.keys(values).join(" and ")}`] = needleOf(value);
    const body = { type, name: type, config: { ...config, ...first } };
    await post(operations.testConnection, body);
    const { id = "" } = await post(operations.createConnection, body, { projectId });
    await post(operations.patchConnection, { config: second }, { id });
    await post(operations.verifyConnection, undefined, { id });
    await post(operations.deleteConnection, undefined, { id });
  }
}

/** Everything people do with secrets: a sign-in, a new password, an invitation, a key, a webhook. */
async function usePeople(): Promise<void> {
  const projectId = project.id;
  const person = await makePerson(project.actor, "owner");
  secrets["a first password"] = person.password;
  owner = await signIn(person);
  secrets["a session's cookie"] = decodeURIComponent(owner.cookie.split("=")[1] ?? "");
  const newPassword = `new password ${randomUUID()}`;
  await post(operations.changePassword, { currentPassword: person.password, newPassword });
  secrets["a new password"] = newPassword;
  const wrong = `wrong password ${randomUUID()}`;
  await call(operations.changePassword, { headers: owner, body: { currentPassword: wrong, newPassword } });
  secrets["a wrong password"] = wrong;
  const invited = await post(operations.invite, { email: invitee, role: "viewer" });
  secrets["an invitation's token"] = /[A-Za-z0-9_-]{20,}$/.exec(invited.link ?? "")?.[0] ?? "";
  const key = await post(operations.createApiKey, { name: "K", scopes: ["read"] }, { projectId });
  secrets["an API key"] = key.key ?? "";
  expect((await call(operations.listProjects, { key: key.key ?? "" })).status).toBe(200);
  const url = `${receiver.url}-${randomUUID()}`;
  secrets["a webhook's address"] = new URL(url).searchParams.get("token") ?? "";
  const channel = await post(operations.createAlertChannel, { kind: "webhook", name: "Hook", url });
  secrets["a webhook's signing secret"] = channel.signingSecret ?? "";
  await post(operations.testAlertChannel, undefined, { id: channel.id ?? "" });
}

/** Sends the alert's mail through a mail server that refuses it; the worker sends other mail. */
async function failToMail(): Promise<void> {
  const [alert] = await getDb().select().from(alerts).where(eq(alerts.organizationId, project.actor.organizationId));
  const alertId = alert?.id ?? "";
  const to = { organizationId: project.actor.organizationId, alertId, to: "a@b.example", subject: "S" };
  const id = await queueMail(getDb(), { ...to, text: "T", html: "H" });
  await deliverMails(getDb(), eq(mails.alertId, alertId));
  const [mail] = await getDb().select().from(mails).where(eq(mails.id, id));
  expect(mail?.lastError).toContain("550");
}

beforeAll(async () => {
  smtp = await MailServer.open();
  smtp.refuse = 550;
  // Set before the environment is read, which happens once.
  process.env.SMTP_URL = smtp.url.replace("//", `//penstock:${SMTP_PASSWORD}@`);
  receiver = await Receiver.open();
  const { organizationId } = await makeTenant();
  project = await openProject({ organizationId });
  await usePeople();
  await useWarehouses();
  await fillWindow(project.sourceProjectId, pastHour(1), { rows: 10, bytes: 100 });
  const [good, bad] = [await makeUser(), await makeUser()];
  await allow(project.bucket, good, ["s3:*"]);
  secrets["a connection's secret access key"] = good.secretAccessKey;
  secrets["the secret access key of a connection that fails"] = bad.secretAccessKey;
  Object.assign(ids, await runAs(good, plain["the connection's name"], "Completed"));
  await runAs(bad, "It fails", "Failed");
  const unsaved = { ...storage(), bucket: "nowhere", secretAccessKey: `unsaved${randomBytes(16).toString("hex")}` };
  await post(operations.testConnection, { type: "s3", name: "T", config: unsaved });
  secrets["the secret access key of a connection that was only tried"] = unsaved.secretAccessKey;
  const hour = { start: pastHour(1).start.toISOString(), end: pastHour(1).end.toISOString() };
  const historic = await post(operations.createHistoricExport, hour, { id: ids.exports ?? "" });
  ids["historic-exports"] = historic.id ?? "";
  const range = { from: hour.start, to: hour.end, kind: "deep" };
  ids.checks = (await post(operations.startChecks, range, { id: ids.exports ?? "" })).id ?? "";
  await until("the failure was told", async () => receiver.received.length > 1);
  await failToMail();
  web = await spawnWeb({ METRICS_TOKEN });
  expect((await fetch(`${web.web}/api/metrics`, { headers: { authorization: "Bearer wrong" } })).status).toBe(401);
  expect(
    (await fetch(`${web.web}/api/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })).status,
  ).toBe(200);

  secrets["the token of the metrics"] = METRICS_TOKEN;
  secrets["the mail server's password"] = SMTP_PASSWORD;
  secrets["the secret of sessions"] = process.env.AUTH_SECRET ?? "";
  secrets["the encryption key"] = process.env.ENCRYPTION_KEYS?.split(":")[1] ?? "";
  secrets["ClickHouse's password"] = process.env.CLICKHOUSE_PASSWORD ?? "";
  for (const [name, secret] of Object.entries(secrets)) expect(secret.length, name).toBeGreaterThan(11);
});

afterAll(async () => {
  await Promise.all([web?.stop(), receiver?.close(), smtp?.close()]);
  await project?.close();
});

/** Logs what was searched, and returns what was found where. */
function search(store: string, pieces: Piece[]): string[] {
  const hits = pieces.flatMap(({ where, text }) => secretsIn(text, secrets).map((name) => `${name} in ${where}`));
  const size = pieces.reduce((sum, { text }) => sum + text.length, 0);
  const count = Object.keys(secrets).length;
  console.log(
    `${store}: ${pieces.length} pieces, ${Math.round(size / 1024)} KB, ${count} secrets, ${hits.length} found`,
  );
  return hits;
}

const findsPlain = (pieces: Piece[], what: Record<string, string>) =>
  expect(pieces.flatMap(({ text }) => secretsIn(text, what)).length).toBeGreaterThan(0);

/** Every path that an owner can read, with matching ids. */
function readable(): string[] {
  const reads = Object.values(operations).filter(
    ({ method, id }) => method === "GET" && id !== "getMetrics",
  ) as Operation[];
  return reads.map(({ path, id }) => {
    const kind = path.split("/")[2] ?? "";
    const filled = path.replace("{projectId}", project.id).replace("{id}", ids[kind] ?? "");
    expect(filled, `${id} needs an id of ${kind}`).not.toMatch(/\{|\/\/|\/$/);
    const { start, end } = pastHour(1);
    return id === "getCoverage" ? `${filled}?from=${start.toISOString()}&to=${end.toISOString()}` : filled;
  });
}

const get = async (path: string): Promise<Piece> => {
  const answer = await fetch(`${testStack().web}${path}`, { headers: owner });
  expect(answer.status, path).toBeLessThan(500);
  return { where: path, text: `${await answer.text()}\n${JSON.stringify([...answer.headers])}` };
};

describe("no secret lies open", () => {
  it("in PostgreSQL", async () => {
    const pieces = await databaseRows();
    expect(pieces.length).toBeGreaterThan(20);
    findsPlain(pieces, plain);
    expect(search("PostgreSQL", pieces)).toEqual([]);
  });

  it("in PostgreSQL: of a session there is the number that its cookie signs, which opens nothing without the signature", async () => {
    const [number = ""] = (secrets["a session's cookie"] ?? "").split(".");
    const [row] = await getDb().select().from(session).where(eq(session.token, number));
    expect(row).toBeDefined();
    const pieces = await databaseRows();
    const tables = pieces.filter(({ text }) => text.includes(number)).map(({ where }) => where);
    expect(tables).toEqual(["table session"]);
    const name = owner.cookie.split("=")[0];
    for (const cookie of [`${name}=${number}`, `${name}=${number}.${"A".repeat(43)}%3D`])
      expect((await call(operations.getMe, { headers: { cookie } })).status).toBe(401);
  });

  it("in Temporal, neither as it is kept nor opened", async () => {
    const pieces = await temporalHistories();
    findsPlain(pieces, { export: ids.exports ?? "" });
    expect(search("Temporal", pieces)).toEqual([]);
  });

  it("in the logs of web, worker and all parts", () => {
    const pieces = logFiles();
    const names = pieces.map(({ where }) => where);
    expect(names).toEqual(expect.arrayContaining(["log web.log", "log worker.log"]));
    findsPlain(pieces, { ready: "The worker is ready." });
    expect(search("Logs", pieces)).toEqual([]);
  });

  it("in what the API answers to an owner, but for the mail that is kept to be read", async () => {
    const keptMail = async () => {
      const { items } = (await call(operations.listMails, { headers: owner })).body;
      return items.find(({ to, state }) => to === invitee && state === "kept")?.id;
    };
    ids.mails = (await until("the invitation's mail was kept", keptMail, 90)) ?? "";
    const pieces = await Promise.all(readable().map(get));
    findsPlain(pieces, plain);
    expect(search("API", pieces)).toEqual([`an invitation's token in /api/mails/${ids.mails}`]);
  });

  it("in the HTML of any page", async () => {
    const pieces = await Promise.all(pageAddresses(ids).map(get));
    expect(pieces.length).toBeGreaterThan(12);
    findsPlain(pieces, { app: "Penstock" });
    expect(search("Pages", pieces)).toEqual([]);
  });
});
