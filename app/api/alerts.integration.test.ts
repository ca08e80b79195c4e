import { createHmac } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { alertChannels, auditLog, deliveries } from "@/lib/db/schema";
import * as operations from "@/lib/openapi/operations";
import { webhookBodySchema } from "@/lib/schemas/webhook";
import { deliverNow } from "@/lib/services/alerts/deliver-to-channels";
import { raiseAlert } from "@/lib/services/alerts/raise";
import { endRun } from "@/lib/services/ledger/end-run";
import { lockExport } from "@/lib/services/ledger/lock-export";
import { call, errorOf } from "@/testing/api/call";
import { makeConnection, makeExport, makeRun } from "@/testing/api/make";
import { Receiver } from "@/testing/api/receiver";
import { makeSession } from "@/testing/api/session";
import { makeTenant, makeUser, type Person, type Tenant } from "@/testing/api/tenant";
import { deps } from "@/testing/runs/deps";

const failure = { code: "missing_bucket", message: "The bucket is gone.", fix: "Make it anew.", retryable: false };

let tenant: Tenant;
let admin: Person;
let headers: { cookie: string };
let exportId: string;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await Receiver.open();
  tenant = await makeTenant();
  admin = await makeUser(tenant, "admin");
  headers = await makeSession(admin);
  exportId = (await makeExport(tenant, (await makeConnection(tenant)).id)).id;
});
afterAll(() => receiver.close());

const create = async (kind: "webhook" | "slack", url = receiver.url) =>
  (await call(operations.createAlertChannel, { headers, body: { kind, name: `A ${kind}`, url } })).body;

const remove = (id: string) => call(operations.deleteAlertChannel, { headers, params: { id } });

/** Fails a window for good. Every cause differs, so that each failure raises an alert. */
async function alert(code: string): Promise<string> {
  const [intervalStart, intervalEnd] = [new Date(Date.UTC(2026, 0, 1, 3)), new Date(Date.UTC(2026, 0, 1, 4))];
  const id = await makeRun(tenant, exportId, { intervalStart, intervalEnd, state: "Running" });
  return (await endRun(deps(), id, "Failed", { ...failure, code }))!;
}

/** Verifies the time and signature like a receiver that knows the secret. */
function verified(secret: string, { headers: got, body }: Receiver["received"][number]) {
  const [, time = "", mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(got["x-penstock-signature"])) ?? [];
  expect(mac).toBe(createHmac("sha256", secret).update(`${time}.${body}`).digest("hex"));
  expect(Math.abs(Date.now() / 1000 - Number(time))).toBeLessThan(60);
}

const deliveryOf = async (alertId: string) =>
  (await getDb().select().from(deliveries).where(eq(deliveries.alertId, alertId)))[0]!;

describe("a webhook", () => {
  it("is signed, named by its delivery, tried again after an error, and never told what the other side said", async () => {
    const channel = await create("webhook");
    receiver.answers = [{ status: 500 }, { status: 200 }];
    const alertId = await alert("retried");
    await deliverNow(getDb(), alertId);
    const queued = await deliveryOf(alertId);
    expect(queued).toMatchObject({ state: "queued", attempts: 1, lastError: expect.stringContaining("500") });
    expect(queued.nextAttemptAt.getTime()).toBeGreaterThan(Date.now() + 30_000);
    const now = { nextAttemptAt: sql`now()`, attempts: 0 };
    await getDb().update(deliveries).set(now).where(eq(deliveries.id, queued.id));
    await deliverNow(getDb(), alertId);
    expect(await deliveryOf(alertId)).toMatchObject({ state: "sent", lastError: null });
    expect(receiver.received).toHaveLength(2);
    for (const post of receiver.received) {
      expect(post.headers["x-penstock-delivery"]).toBe(queued.id);
      verified(channel.signingSecret ?? "", post);
      expect(webhookBodySchema.parse(JSON.parse(post.body))).toMatchObject({
        id: alertId,
        kind: "failed",
        export: { id: exportId },
        run: { intervalStart: "2026-01-01T03:00:00.000Z" },
        error: { code: "retried", fix: failure.fix },
        links: {
          run: expect.stringContaining(`/o/${tenant.organizationId}/p/${tenant.projectId}/exports/${exportId}?run=`),
        },
      });
    }
    const { body } = await call(operations.listAlertChannels, { headers });
    expect(body.items).toMatchObject([{ id: channel.id, lastDelivery: { state: "sent", error: null } }]);
    expect(JSON.stringify(body)).not.toMatch(/nobody may see|secret-of-the-address/);
    await remove(channel.id);
  });

  it("does not follow a redirect", async () => {
    const [channel, elsewhere] = [await create("webhook"), await Receiver.open()];
    receiver.answers = [{ status: 307, location: elsewhere.url }];
    const alertId = await alert("redirected");
    await deliverNow(getDb(), alertId);
    expect(await deliveryOf(alertId)).toMatchObject({ lastError: expect.stringContaining("redirects (307)") });
    expect(elsewhere.received).toEqual([]);
    await elsewhere.close();
    await remove(channel.id);
  });

  it("that is switched off gets nothing", async () => {
    const { id } = await create("webhook");
    await call(operations.patchAlertChannel, { headers, params: { id }, body: { enabled: false } });
    expect(await deliveryOf(await alert("switched_off"))).toBeUndefined();
    await remove(id);
  });
});

describe("a Slack channel", () => {
  it("gets the same in words, unsigned", async () => {
    const channel = await create("slack");
    expect(channel.signingSecret).toBeNull();
    receiver.answers = [{ status: 200 }];
    await deliverNow(getDb(), await alert("slack"));
    const post = receiver.received.at(-1);
    expect(post?.headers["x-penstock-signature"]).toBeUndefined();
    expect(JSON.parse(post?.body ?? "")).toMatchObject({
      text: expect.stringContaining("failed"),
      blocks: expect.any(Array),
    });
    for (const words of [failure.message, failure.fix, "2026-01-01 03:00 to 04:00 UTC"])
      expect(post?.body).toContain(words);
    await remove(channel.id);
  });
});

describe("a finding of a check", () => {
  it("reaches webhooks and Slack with what was found, its fix, and the export's checks", async () => {
    const channels = [await create("webhook"), await create("slack")];
    receiver.answers = [{ status: 200 }, { status: 200 }];
    const found = { ...failure, code: "check_destination_missing", message: "2 of 3 files are missing." };
    const window = { intervalStart: new Date(Date.UTC(2026, 0, 1, 3)), intervalEnd: new Date(Date.UTC(2026, 0, 1, 4)) };
    const alertId = await getDb().transaction(async (tx) =>
      raiseAlert(tx, await lockExport(tx, exportId), { kind: "finding", cause: found.code, failure: found, ...window }),
    );
    await deliverNow(getDb(), alertId);
    const [first, second] = receiver.received.slice(-2).map(({ body }) => JSON.parse(body));
    const [webhook, slack] = "blocks" in first ? [second, first] : [first, second];
    expect(webhookBodySchema.parse(webhook)).toMatchObject({ kind: "finding", error: found, run: null });
    expect(slack.text).toBe("“A test's export”: exported data is missing");
    expect(JSON.stringify(slack)).toContain(`/exports/${exportId}?tab=checks|View check results`);
    await Promise.all(channels.map(({ id }) => remove(id)));
  });
});

describe("channels", () => {
  it("can be tried out, and tell how that went", async () => {
    const { id, signingSecret } = await create("webhook");
    const params = { id };
    receiver.answers = [{ status: 204 }, { status: 403 }];
    const good = await call(operations.testAlertChannel, { headers, params });
    expect(good.body.ok).toBe(true);
    verified(signingSecret ?? "", receiver.received.at(-1)!);
    expect(webhookBodySchema.parse(JSON.parse(receiver.received.at(-1)?.body ?? "")).kind).toBe("test");
    const bad = await call(operations.testAlertChannel, { headers, params });
    expect(bad.body).toEqual({ ok: false, message: expect.stringContaining("403") });
    expect(bad.text).not.toContain("nobody may see");
    await remove(id);
  });

  it("keep their address and secret to themselves: in the database, in answers, in the audit log", async () => {
    const { id, signingSecret, host } = await create("webhook");
    expect(signingSecret).toMatch(/^[0-9a-f]{64}$/);
    const [row] = await getDb().select().from(alertChannels).where(eq(alertChannels.id, id));
    const patched = await call(operations.patchAlertChannel, {
      headers,
      params: { id },
      body: { url: receiver.url.replace("secret-of", "new-secret-of") },
    });
    expect(patched.body).toMatchObject({ id, host });
    const entries = await getDb().select().from(auditLog).where(eq(auditLog.objectId, id)).orderBy(auditLog.id);
    expect(entries.map(({ action }) => action)).toEqual(["alert-channel.create", "alert-channel.update"]);
    expect(entries[1]?.changes).toEqual([{ field: "url", before: null, after: null }]);
    const all = JSON.stringify([row, patched.body, entries]);
    expect(all).not.toContain("secret-of-the-address");
    expect(all).not.toContain(signingSecret);
    await remove(id);
    expect((await remove(id)).status).toBe(404);
  });

  it.each(["http://169.254.169.254/latest", "http://10.0.0.1/hook", "http://[::1]:9/hook"])(
    "refuse %s",
    async (url) => {
      const body = { kind: "webhook", name: "Inside", url };
      const answer = await call(operations.createAlertChannel, { headers, body });
      expect(answer.status).toBe(422);
      expect(errorOf(answer).details).toMatchObject([{ path: "url" }]);
    },
  );
});

describe("alerts", () => {
  it("are listed with who was told: by address for admins, as a number of people for others", async () => {
    const viewer = await makeUser(tenant, "viewer");
    const alertId = await alert("listed");
    const mine = (await call(operations.listAlerts, { headers })).body.items;
    expect(mine[0]).toMatchObject({ id: alertId, kind: "failed", exportId, failure: { code: "listed" } });
    expect(mine[0]?.deliveries).toMatchObject([{ channel: "mail", to: admin.email }]);
    const others = await call(operations.listAlerts, { headers: await makeSession(viewer), query: { limit: 1 } });
    expect(others.body.items[0]?.deliveries).toMatchObject([{ channel: "mail", to: "1 person" }]);
    expect(others.text).not.toContain(admin.email);
    const foreign = await makeTenant();
    expect((await call(operations.listAlerts, { key: foreign.key })).body.items).toEqual([]);
  });
});
