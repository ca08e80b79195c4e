import { randomUUID } from "node:crypto";
import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Export } from "@/lib/schemas/export";
import { listAlerts } from "@/lib/services/alerts/list";
import { getCoverage } from "@/lib/services/coverage/get";
import { getExport } from "@/lib/services/exports/get";
import { catchUp } from "@/lib/services/historic-exports/catch-up";
import { getHistoricExport } from "@/lib/services/historic-exports/get";
import { getCatchUp } from "@/lib/services/historic-exports/get-catch-up";
import { getReceipt } from "@/lib/services/runs/get-receipt";
import { listRunLogs } from "@/lib/services/runs/list-logs";
import { HOUR } from "@/lib/units";
import { type Window, windowEndingAt } from "@/lib/windows";
import { scheduleOf } from "@/testing/api/make";
import { MailServer } from "@/testing/api/smtp";
import { makeTenant, makeUser, type Person, type Tenant } from "@/testing/api/tenant";
import { fillWindow } from "@/testing/runs/events";
import { connect, makeExport, runWhen, startWindow } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { allow, makeUser as makeS3User, type S3User } from "@/testing/runs/s3-users";
import { until } from "@/testing/runs/until";
import { spawnWorker } from "@/testing/stack/spawn-worker";

const ROWS = 10;

// A dedicated worker, configured with the test's mail server, does all of this file's work.
process.env.TEMPORAL_TASK_QUEUE = `test-${randomUUID()}`;

let smtp: MailServer;
let worker: Awaited<ReturnType<typeof spawnWorker>>;
let tenant: Tenant;
let project: TestProject;
let owner: Person;
let admin: Person;
let s3User: S3User;
let exported: Export;
/** The last three days, oldest first. */
let days: Window[];

beforeAll(async () => {
  smtp = await MailServer.open();
  worker = await spawnWorker({ SMTP_URL: smtp.url });
  tenant = await makeTenant();
  [owner, admin] = [await makeUser(tenant, "owner"), await makeUser(tenant, "admin")];
  await makeUser(tenant, "viewer");
  project = await openProject(tenant);
  s3User = await makeS3User();
  await allow(project.bucket, s3User, ["s3:GetObject"]);
  const { id: connectionId } = await connect(project, s3User);
  // Days end twelve hours from now, so no schedule fires during the test.
  const schedule = {
    every: "day" as const,
    timezone: "UTC",
    atHour: (new Date().getUTCHours() + 12) % 24,
    atWeekday: 0,
  };
  exported = await makeExport(project, { connectionId, paused: false, schedule, destination: { prefix: "days/" } });
  const newest = windowEndingAt(schedule, new Date());
  days = [2, 1, 0].map((back) => ({
    start: new Date(newest.start.getTime() - back * 24 * HOUR),
    end: new Date(newest.end.getTime() - back * 24 * HOUR),
  }));
  for (const day of days) await fillWindow(project.sourceProjectId, day, { rows: ROWS, bytes: 100 });
});
afterAll(async () => {
  await project.close();
  await worker.stop();
  await smtp.close();
});

async function failedRun(day: Window) {
  const id = await startWindow(project, exported.id, day);
  return runWhen(project, id, ({ state }) => state === "Failed");
}

const told = async () => (await listAlerts(project.actor, { limit: 50 })).items.map(({ kind }) => kind).reverse();
const mailsWhen = (count: number) =>
  until(`${count} mails had come to the owner`, async () => {
    const found = smtp.to(owner.email);
    return found.length >= count && found;
  });

describe("an export that may not write", () => {
  it("tells owner and admin of the first window: the permission, the window, the links", async () => {
    const run = await failedRun(days[0]!);
    const [mail] = await mailsWhen(1);
    const day = days[0]!.start.toISOString().slice(0, 10);
    expect(mail?.text).toContain(`Window: ${day} `);
    expect(mail?.text).toContain("s3:PutObject");
    expect(mail?.text).toContain(`"arn:aws:s3:::${project.bucket.name}/*"`);
    expect(mail?.text).toContain(run.error?.fix);
    const link = `/o/${tenant.organizationId}/p/${exported.projectId}/exports/${exported.id}?run=${run.id}`;
    expect(mail?.text).toMatch(new RegExp(`${link.replace("?", "\\?")}\\n`));
    expect(mail?.text).toContain(`${link}&retry=1`);
    await until("the admin had the mail too", async () => smtp.to(admin.email).length === 1);
    expect(smtp.received).toHaveLength(2);
  });

  it("tells nothing of the second one on the same day", async () => {
    await failedRun(days[1]!);
    expect(await told()).toEqual(["failed"]);
  });

  it("pauses itself after the third one, and says so in one mail", async () => {
    await failedRun(days[2]!);
    expect(await told()).toEqual(["failed", "paused"]);
    const [, mail] = await mailsWhen(2);
    expect(mail?.text).toContain("was paused automatically after 3 windows in a row failed");
    expect(mail?.text).toContain("Resume and catch up");
    const pause = {
      by: "failures",
      failures: 3,
      since: days[0]!.start.toISOString(),
      error: { code: "missing_permission" },
    };
    expect(await getExport(project.actor, { id: exported.id })).toMatchObject({ paused: true, pause, nextRunAt: null });
    await until("the schedule was paused", async () => (await scheduleOf(exported.id))?.paused);
  });

  it("logs each file's attempt and why it failed", async () => {
    const { recentRuns } = await getExport(project.actor, { id: exported.id });
    const { items } = await listRunLogs(project.actor, { id: recentRuns[0]?.id ?? "", limit: 100 });
    const lines = items.map(({ level, message }) => `${level} ${message}`);
    expect(lines).toContainEqual(expect.stringMatching(`^debug Writing ${ROWS} rows`));
    expect(lines).toContainEqual(expect.stringMatching(/^error Attempt 1 failed: .*s3:PutObject/));
  });
});

describe("resume and catch up", () => {
  it("exports every window that was missed, and tells once that it works again", async () => {
    await allow(project.bucket, s3User, ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"]);
    const input = { id: exported.id };
    const range = { start: days[0]!.start.toISOString(), end: days[2]!.end.toISOString(), windows: 3 };
    expect(await getCatchUp(project.actor, input)).toEqual(range);
    const begun = await catchUp(project.actor, input);
    expect(begun).toMatchObject({ export: { paused: false, pause: null }, historicExport: range });
    await until("the historic export had completed", async () => {
      const { state } = await getHistoricExport(project.actor, { id: begun.historicExport?.id ?? "" });
      return state === "Completed";
    });
    const coverage = await getCoverage(project.actor, { exportId: exported.id, from: range.start, to: range.end });
    expect(coverage.map(({ state, rows }) => [state, rows])).toEqual(Array(3).fill(["committed", ROWS]));
    expect(await getCatchUp(project.actor, input)).toBeNull();
    expect(await told()).toEqual(["failed", "paused", "recovered"]);
    const mails = await mailsWhen(3);
    expect(mails.at(-1)?.text).toContain("works again");
    await until("the admin had it too", async () => smtp.to(admin.email).length === 3);
    expect(smtp.received).toHaveLength(6);
  });

  it("leaves each run's request id in its objects' metadata and in its manifest", async () => {
    const metadata = async (Key: string) =>
      (await project.bucket.client.send(new HeadObjectCommand({ Bucket: project.bucket.name, Key }))).Metadata;
    const { recentRuns } = await getExport(project.actor, { id: exported.id });
    const receipts = await Promise.all(recentRuns.map(({ id }) => getReceipt(project.actor, { id })));
    for (const { requestId, files } of receipts)
      for (const { key } of files) expect(await metadata(key)).toMatchObject({ "penstock-request-id": requestId });
    const manifests = (await project.bucket.keys("days/")).filter((key) => key.endsWith("_manifest.json"));
    const named = await Promise.all(manifests.map((key) => project.bucket.json(key)));
    const ids = receipts.map(({ requestId }) => requestId).sort();
    expect((named as { requestId: string }[]).map(({ requestId }) => requestId).sort()).toEqual(ids);
    const tagged = await Promise.all(manifests.map(metadata));
    expect(tagged.map((found) => found?.["penstock-request-id"]).sort()).toEqual(ids);
  });
});
