import { randomBytes, randomUUID } from "node:crypto";
import { Client, Connection, ScheduleOverlapPolicy } from "@temporalio/client";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyRing } from "@/lib/crypto/key-ring";
import { getDb } from "@/lib/db/client";
import { exports } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import { deleteExport } from "@/lib/services/exports/delete";
import { patchExport } from "@/lib/services/exports/patch";
import { healSchedules } from "@/lib/services/run-engine/heal-schedules";
import { runNow } from "@/lib/services/runs/run-now";
import { scheduleOf } from "@/lib/services/testing/make";
import { getTemporal } from "@/lib/temporal/client";
import { EncryptionCodec } from "@/lib/temporal/codec";
import { listSchedules } from "@/lib/temporal/listed-schedules";
import { describeSchedule } from "@/lib/temporal/schedules";
import { makeExport } from "@/worker/testing/exports";
import { openProject, type TestProject } from "@/worker/testing/project";
import { TcpProxy } from "@/worker/testing/tcp-proxy";
import { until } from "@/worker/testing/until";

/** What this process reaches Temporal through; the stack's own web app and worker reach it all the time. */
let proxy: TcpProxy;
let project: TestProject;
const address = process.env.TEMPORAL_ADDRESS;
beforeAll(async () => {
  proxy = await TcpProxy.open(`http://${address}`);
  process.env.TEMPORAL_ADDRESS = new URL(proxy.endpoint).host;
  project = await openProject();
});
afterAll(async () => {
  await project.close();
  proxy.cut();
  process.env.TEMPORAL_ADDRESS = address;
});

async function whileTemporalIsDown<T>(work: () => Promise<T>): Promise<T> {
  proxy.cut();
  try {
    return await work();
  } finally {
    await proxy.restore();
  }
}

const rowOf = async (id: string) => (await getDb().select().from(exports).where(eq(exports.id, id)))[0];
const listed = async (id: string) => {
  for await (const schedule of listSchedules()) if (schedule.id === id) return schedule;
  return null;
};
/** Heals until a look is as wanted: Temporal lists a schedule a moment after it was made. */
const healUntil = (what: string, look: () => Promise<boolean>) =>
  until(what, async () => {
    await healSchedules();
    return look();
  });

describe("while Temporal is down", () => {
  it("an export is made, changed and deleted, and its schedule follows afterwards", async () => {
    const made = await whileTemporalIsDown(async () => {
      const exported = await makeExport(project, { paused: false });
      expect(await rowOf(exported.id)).toMatchObject({ scheduleVersion: 1, scheduleApplied: 0 });
      return exported;
    });
    await healUntil("the schedule was made", async () => (await scheduleOf(made.id))?.paused === false);
    expect(await rowOf(made.id)).toMatchObject({ scheduleVersion: 1, scheduleApplied: 1 });

    await whileTemporalIsDown(() => patchExport(project.actor, { id: made.id, paused: true }));
    await healUntil("the schedule rested", async () => (await scheduleOf(made.id))?.paused === true);

    await whileTemporalIsDown(() => deleteExport(project.actor, { id: made.id }));
    await healUntil("the schedule was removed", async () => (await scheduleOf(made.id)) === null);
  });

  it("a run that a person starts is refused, and none is left behind", async () => {
    const { id } = await makeExport(project);
    await whileTemporalIsDown(() =>
      expect(runNow(project.actor, { id })).rejects.toMatchObject({ code: "temporal_unavailable", status: 503 }),
    );
  });
});

describe("an export whose commit fails", () => {
  it("leaves no schedule", async () => {
    const name = `Fails ${randomUUID()}`;
    const fails = sql.raw(`fails_${randomUUID().replaceAll("-", "")}`);
    await getDb().execute(sql`create function ${fails}() returns trigger language plpgsql as
      $$ begin if new.name like 'Fails %' then raise exception 'no commit for %', new.id; end if; return null; end $$`);
    try {
      await getDb().execute(sql`create constraint trigger ${fails} after insert on exports deferrable initially deferred
        for each row execute function ${fails}()`);
      const error = await makeExport(project, { name, paused: false }).then(
        () => null,
        (thrown: Error) => thrown,
      );
      const said = `${error?.message} ${(error?.cause as Error | undefined)?.message ?? ""}`;
      const id = /no commit for ([0-9a-f-]{36})/.exec(said)?.[1];
      expect(id, said).toBeDefined();
      expect(await rowOf(id!)).toBeUndefined();
      expect(await describeSchedule(id!)).toBeNull();
    } finally {
      await getDb().execute(sql`drop function ${fails} cascade`);
    }
  });
});

describe("reconciling", () => {
  const action = (exportId: string, taskQueue: string) => ({
    type: "startWorkflow" as const,
    workflowType: "s3-export",
    taskQueue,
    args: [{ exportId }],
  });
  const never = { calendars: [{ year: 2099 }] };

  it("removes a schedule whose export is gone", async () => {
    const id = randomUUID();
    await getTemporal().schedule.create({
      scheduleId: id,
      spec: never,
      action: action(id, getEnv().TEMPORAL_TASK_QUEUE),
    });
    await healUntil("the schedule was removed", async () => (await describeSchedule(id)) === null);
  });

  it("leaves another installation's alone, though it can't read its memo", async () => {
    const id = randomUUID();
    const connection = await Connection.connect({ address: process.env.TEMPORAL_ADDRESS! });
    const key = keyRing(`theirs:${randomBytes(32).toString("base64")}`, "payloads");
    const { TEMPORAL_NAMESPACE: namespace } = getEnv();
    const theirs = new Client({ connection, namespace, dataConverter: { payloadCodecs: [new EncryptionCodec(key)] } });
    const handle = await theirs.schedule.create({
      scheduleId: id,
      spec: never,
      action: action(id, "theirs"),
      memo: { madeFrom: "their own" },
    });
    try {
      await until("the schedule was listed", async () => listed(id));
      await healSchedules();
      expect(await describeSchedule(id)).toMatchObject({ taskQueue: "theirs", madeFrom: null });
    } finally {
      await handle.delete();
      await connection.close();
    }
  });

  it("corrects a schedule that was made from something else", async () => {
    const { id } = await makeExport(project, { paused: false });
    const wanted = await describeSchedule(id);
    const { schedule } = getTemporal();
    await schedule.getHandle(id).delete();
    await schedule.create({
      scheduleId: id,
      spec: { intervals: [{ every: "1 day" }] },
      action: action(id, getEnv().TEMPORAL_TASK_QUEUE),
      policies: { overlap: ScheduleOverlapPolicy.ALLOW_ALL },
    });
    await healUntil("it was corrected", async () => {
      const { spec } = await schedule.getHandle(id).describe();
      return spec.intervals?.[0]?.every === 3_600_000;
    });
    expect(await describeSchedule(id)).toEqual(wanted);
  });
});
