import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDb, getDb } from "@/lib/db/client";
import { alerts, auditLog, exports, historicExports, mails, members, runs } from "@/lib/db/schema";
import type { Failure } from "@/lib/errors";
import { endRun } from "@/lib/services/ledger/end-run";
import { endHistoric } from "@/lib/services/ledger/historic";
import { lockExport } from "@/lib/services/ledger/lock-export";
import { deliverMails } from "@/lib/services/mails/deliver";
import { closeTemporal } from "@/lib/temporal/client";
import { HOUR, MINUTE } from "@/lib/units";
import { expectSchedule } from "@/testing/api/expect-schedule";
import { makeConnection, makeExport, makeHistoric, makeRun } from "@/testing/api/make";
import { MailServer } from "@/testing/api/smtp";
import { makeTenant, makeUser, type Person, type Tenant } from "@/testing/api/tenant";
import { deps } from "@/testing/runs/deps";
import { afterCommit } from "@/worker/steps/commit/after-commit";
import { openCause } from "./was-reported";

const failure: Failure = {
  code: "missing_permission",
  message: "The credentials don't have the permission s3:PutObject on the bucket acme.",
  fix: "Allow s3:PutObject on arn:aws:s3:::acme/* for this user.",
  retryable: false,
  statement: '{"Effect": "Allow", "Action": ["s3:PutObject"], "Resource": ["arn:aws:s3:::acme/*"]}',
};

let smtp: MailServer;
let tenant: Tenant;
let people: Record<"owner" | "admin" | "member" | "viewer", Person>;
let exportId: string;

beforeAll(async () => {
  smtp = await MailServer.open();
  // Read once, on first use: this process now sends through it.
  process.env.SMTP_URL = smtp.url;
});
afterAll(async () => {
  await smtp.close();
  await Promise.all([closeDb(), closeTemporal()]);
});

beforeEach(async () => {
  tenant = await makeTenant();
  const [owner, admin, member, viewer] = await Promise.all(
    (["owner", "admin", "member", "viewer"] as const).map((role) => makeUser(tenant, role)),
  );
  people = { owner: owner!, admin: admin!, member: member!, viewer: viewer! };
  const connection = await makeConnection(tenant);
  // The next window ends in a day, so only the test starts runs.
  const schedule = { every: "day" as const, atHour: new Date().getUTCHours() };
  exportId = (await makeExport(tenant, connection.id, { paused: false, schedule })).id;
});

/** An active run of the nth hour. */
const running = (hour: number, values: object = {}) =>
  makeRun(tenant, exportId, {
    intervalStart: new Date(Date.UTC(2026, 0, 1, hour)),
    intervalEnd: new Date(Date.UTC(2026, 0, 1, hour + 1)),
    state: "Running",
    ...values,
  });

const fail = async (hour: number, code = failure.code, values: object = {}) =>
  endRun(deps(), await running(hour, values), "Failed", { ...failure, code });

/** What a commit does once its manifest is in the bucket. */
async function succeed(hour: number, values: object = {}): Promise<string | null> {
  const id = await running(hour, values);
  return getDb().transaction(async (tx) => {
    const exported = await lockExport(tx, exportId);
    const [run] = await tx.update(runs).set({ state: "Completed" }).where(eq(runs.id, id)).returning();
    const { rows } = await tx.execute<{ cause: string | null }>(sql`select ${openCause(exportId)} as cause`);
    return afterCommit(tx, exported, run!, rows[0]!.cause);
  });
}

const exported = async () => (await getDb().select().from(exports).where(eq(exports.id, exportId)))[0]!;
const told = async () => {
  const rows = await getDb().select().from(alerts).where(eq(alerts.exportId, exportId)).orderBy(alerts.createdAt);
  return rows.map(({ kind, cause }) => `${kind} ${cause}`);
};
/** Backdates all alerts by a number of hours. */
const age = (hours: number) =>
  getDb()
    .update(alerts)
    .set({ createdAt: sql`created_at - make_interval(hours => ${hours})` })
    .where(eq(alerts.exportId, exportId));
const neverPause = () => getDb().update(exports).set({ pauseAfterFailures: 0 }).where(eq(exports.id, exportId));

describe("alerts", () => {
  it("go to owners, admins and who made the export, each once, and name window, permission, fix and why", async () => {
    await getDb().update(exports).set({ createdBy: people.member.userId }).where(eq(exports.id, exportId));
    const alertId = await fail(3);
    expect(await deliverMails(getDb(), eq(mails.alertId, alertId ?? ""))).toBe(3);
    for (const role of ["owner", "admin", "member"] as const) {
      const [mail, ...more] = smtp.to(people[role].email);
      expect(more).toEqual([]);
      expect(mail?.text).toContain("Window: 2026-01-01 03:00 to 04:00 UTC");
      expect(mail?.text).toContain(failure.message);
      expect(mail?.text).toContain(failure.fix);
      expect(mail?.text).toContain(`/o/${tenant.organizationId}/p/${tenant.projectId}/exports/${exportId}?run=`);
      expect(mail?.text).toContain(role === "member" ? "because you created this export" : `you are an ${role} of`);
    }
    expect(smtp.to(people.viewer.email)).toEqual([]);
    const rows = await getDb().select().from(mails).where(eq(mails.alertId, alertId!));
    expect(rows.map(({ state, body }) => [state, body])).toEqual(Array(3).fill(["sent", ""]));
  });

  it("leave out who made the export and is no member any more", async () => {
    await getDb().update(exports).set({ createdBy: people.member.userId }).where(eq(exports.id, exportId));
    await getDb().delete(members).where(eq(members.userId, people.member.userId));
    const alertId = await fail(3);
    expect(await deliverMails(getDb(), eq(mails.alertId, alertId ?? ""))).toBe(2);
    expect(smtp.to(people.member.email)).toEqual([]);
  });

  it("come once a day for a cause, again for another cause, and again after a day", async () => {
    await neverPause();
    expect(await fail(1)).not.toBeNull();
    expect(await fail(2)).toBeNull();
    expect(await fail(2, failure.code, { trigger: "retry" }), "a failed retry").toBeNull();
    expect(await fail(3, "missing_bucket")).not.toBeNull();
    await age(23);
    expect(await fail(4)).toBeNull();
    await age(2);
    expect(await fail(5)).not.toBeNull();
    expect(await told()).toEqual(["failed missing_permission", "failed missing_bucket", "failed missing_permission"]);
  });

  it("tell a recovery once, and none where nothing was told", async () => {
    expect(await succeed(1)).toBeNull();
    await fail(2);
    expect(await succeed(3)).not.toBeNull();
    expect(await succeed(4)).toBeNull();
    // This cause was already reported today, so there is nothing to recover from.
    expect(await fail(5)).toBeNull();
    expect(await succeed(6)).toBeNull();
    expect(await told()).toEqual(["failed missing_permission", "recovered missing_permission"]);
  });

  it("tell nothing of cancelled runs and of deleted exports", async () => {
    expect(await endRun(deps(), await running(1), "Cancelled", null)).toBeNull();
    await getDb().update(exports).set({ deletedAt: new Date() }).where(eq(exports.id, exportId));
    expect(await fail(2)).toBeNull();
    expect(await exported()).toMatchObject({ failuresInRow: 0 });
  });
});

describe("an export that keeps failing", () => {
  it("pauses itself after three windows in a row: one mail of it, the schedule rests, the audit log knows", async () => {
    await fail(1);
    await fail(2);
    await succeed(3);
    expect(await exported()).toMatchObject({ failuresInRow: 0, paused: false });
    await age(30);
    await fail(7);
    expect(await fail(5)).toBeNull();
    const alertId = await fail(6, "missing_bucket");
    expect((await told()).slice(2)).toEqual(["failed missing_permission", "paused missing_bucket"]);
    expect(await exported()).toMatchObject({
      paused: true,
      failuresInRow: 3,
      pause: { by: "failures", since: "2026-01-01T05:00:00.000Z", failures: 3, error: { code: "missing_bucket" } },
    });
    await expectSchedule(exportId, { paused: true });
    const entry = and(eq(auditLog.objectId, exportId), eq(auditLog.action, "export.pause"));
    expect(await getDb().select().from(auditLog).where(entry)).toMatchObject([{ actorKind: "system" }]);
    await deliverMails(getDb(), eq(mails.alertId, alertId ?? ""));
    expect(smtp.to(people.owner.email).at(-1)?.text).toContain("was paused automatically after 3 windows in a row");
    // Runs that were active at the pause neither pause it again nor raise an alert.
    expect(await fail(8, "missing_bucket")).toBeNull();
    expect(await exported()).toMatchObject({ failuresInRow: 4, pause: { failures: 3 } });
  });

  it("is counted right when runs end at once: one alert, one pause", async () => {
    const ids = await Promise.all([1, 2, 3, 4, 5].map((hour) => running(hour)));
    const found = await Promise.all(ids.map((id) => endRun(deps(), id, "Failed", failure)));
    expect(found.filter((id) => id !== null)).toHaveLength(2);
    expect(await told()).toEqual(["failed missing_permission", "paused missing_permission"]);
    expect(await exported()).toMatchObject({ paused: true, failuresInRow: 5, pause: { failures: 3 } });
  });

  it("never pauses where that is switched off", async () => {
    await neverPause();
    for (const hour of [1, 2, 3, 4]) await fail(hour);
    expect(await exported()).toMatchObject({ paused: false, failuresInRow: 4 });
  });
});

describe("windows of a historic export", () => {
  const historic = () => makeHistoric(tenant, exportId, { windows: 2, state: "Running" });

  it("are not counted and not told of one by one, but once at its end", async () => {
    const historicExportId = await historic();
    for (const hour of [1, 2])
      expect(await fail(hour, failure.code, { historicExportId, trigger: "historic" })).toBeNull();
    expect(await fail(1, failure.code, { historicExportId, trigger: "retry" }), "a retry of one").toBeNull();
    expect(await exported()).toMatchObject({ paused: false, failuresInRow: 0 });
    expect(await endHistoric(getDb(), historicExportId, "Failed")).not.toBeNull();
    expect(await told()).toEqual(["failed historic"]);
    // Other windows' success says nothing about these.
    expect(await succeed(9)).toBeNull();
  });

  it("complete it when retries commit what had failed", async () => {
    const historicExportId = await historic();
    const stateOf = async () => {
      return (await getDb().select().from(historicExports).where(eq(historicExports.id, historicExportId)))[0]?.state;
    };
    for (const hour of [1, 2]) await fail(hour, failure.code, { historicExportId, trigger: "historic" });
    await endHistoric(getDb(), historicExportId, "Failed");
    await succeed(1, { historicExportId, trigger: "retry" });
    expect(await stateOf()).toBe("Failed");
    await succeed(2, { historicExportId, trigger: "retry" });
    expect(await stateOf()).toBe("Completed");
  });
});

describe("a mail that can't be sent", () => {
  const rowOf = async (alertId: string) => {
    const isOwners = and(eq(mails.alertId, alertId), eq(mails.to, people.owner.email));
    return (await getDb().select().from(mails).where(isOwners))[0]!;
  };

  it("is tried again a minute later and given up after a day, without the server's words", async () => {
    const alertId = (await fail(1))!;
    smtp.refuse = 451;
    const before = Date.now();
    await deliverMails(getDb(), eq(mails.alertId, alertId));
    const queued = await rowOf(alertId);
    expect(queued).toMatchObject({ state: "queued", attempts: 1, lastError: expect.stringContaining("(451)") });
    expect(queued.lastError).not.toContain("nobody may see");
    expect(queued.nextAttemptAt.getTime() - before).toBeGreaterThanOrEqual(60_000);
    expect(queued.nextAttemptAt.getTime() - before).toBeLessThan(2 * MINUTE);
    expect(smtp.to(people.owner.email)).toEqual([]);
    const old = { createdAt: new Date(Date.now() - 24 * HOUR), attempts: 0 };
    await getDb().update(mails).set(old).where(eq(mails.alertId, alertId));
    await deliverMails(getDb(), eq(mails.alertId, alertId));
    expect(await rowOf(alertId)).toMatchObject({ state: "failed", body: "" });
    smtp.refuse = null;
  });

  it("is given up at once where the server knows no such recipient", async () => {
    const alertId = (await fail(1))!;
    smtp.refuse = 550;
    await deliverMails(getDb(), eq(mails.alertId, alertId));
    smtp.refuse = null;
    expect(await rowOf(alertId)).toMatchObject({ state: "failed", lastError: expect.stringContaining("(550)") });
  });
});
