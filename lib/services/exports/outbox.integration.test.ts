import { randomBytes, randomUUID } from "node:crypto";
import { Client, Connection, ScheduleOverlapPolicy } from "@temporalio/client";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyRing } from "@/lib/crypto/key-ring";
import { getDb } from "@/lib/db/client";
import { exports, runs } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import type { Export } from "@/lib/schemas/export";
import { runNow } from "@/lib/services/runs/run-now";
import { getTemporal } from "@/lib/temporal/client";
import { EncryptionCodec } from "@/lib/temporal/codec";
import { listSchedules } from "@/lib/temporal/listed-schedules";
import { describeSchedule } from "@/lib/temporal/schedules";
import { HOUR } from "@/lib/units";
import { scheduleOf } from "@/testing/api/make";
import { deps } from "@/testing/runs/deps";
import { makeExport } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";
import { healSchedules } from "@/worker/steps/upkeep/heal-schedules";
import { deleteExport } from "./delete";
import { patchExport } from "./patch";

/** This process's connection to Temporal; the stack's web app and worker connect directly. */
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
  for await (const schedule of listSchedules(getTemporal())) if (schedule.id === id) return schedule;
  return null;
};
/** Heals until the check passes: Temporal lists a new schedule with a delay. */
const healUntil = (what: string, look: () => Promise<boolean>) =>
  until(what, async () => {
    await healSchedules(deps());
    return look();
  });

describe("while Temporal is down", () => {
  let made: Export;
  let paused: Export;
  let deleted: Export;
  let idle: Export;
  let refused: unknown;
  // One outage for all tests: each call to Temporal waits for its full timeout.
  beforeAll(async () => {
    [paused, deleted, idle] = [
      await makeExport(project, { paused: false }),
      await makeExport(project, { paused: false }),
      await makeExport(project),
    ];
    const name = `Made ${randomUUID()}`;
    // Checked right away: the stack's worker reaches Temporal and may soon apply pending schedules.
    const asMade = () => getDb().select().from(exports).where(eq(exports.name, name));
    await whileTemporalIsDown(async () => {
      const [created, , , error, [row]] = await Promise.all([
        makeExport(project, { name, paused: false }),
        patchExport(project.actor, { id: paused.id, paused: true }),
        deleteExport(project.actor, { id: deleted.id }),
        runNow(project.actor, { id: idle.id }).catch((thrown: unknown) => thrown),
        until("the export was there", async () => {
          const found = await asMade();
          return found.length > 0 && found;
        }),
      ]);
      expect(row).toMatchObject({ scheduleVersion: 1, scheduleApplied: 0 });
      [made, refused] = [created, error];
    });
  });

  it("an export is made, and its schedule follows afterwards", async () => {
    // The row is written after the schedule, possibly by the stack's worker, so wait for it.
    await healUntil("the schedule was recorded", async () => (await rowOf(made.id))?.scheduleApplied === 1);
    expect(await rowOf(made.id)).toMatchObject({ scheduleVersion: 1 });
    expect(await scheduleOf(made.id)).toMatchObject({ paused: false });
  });

  it("one is paused, and so is its schedule afterwards", () =>
    healUntil("the schedule rested", async () => (await scheduleOf(paused.id))?.paused === true));

  it("one is deleted, and so is its schedule afterwards", () =>
    healUntil("the schedule was removed", async () => (await scheduleOf(deleted.id)) === null));

  it("a run that a person starts is refused, and none stays under way", async () => {
    expect(refused).toMatchObject({ code: "temporal_unavailable", status: 503 });
    expect(await getDb().select().from(runs).where(eq(runs.exportId, idle.id))).toMatchObject([{ state: "Failed" }]);
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
      expect(await describeSchedule(getTemporal(), id!)).toBeNull();
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
    await healUntil("the schedule was removed", async () => (await describeSchedule(getTemporal(), id)) === null);
  });

  it("leaves another installation's alone, though it can't read its memo", async () => {
    const id = randomUUID();
    const connection = await Connection.connect({ address: process.env.TEMPORAL_ADDRESS! });
    const key = keyRing(`theirs:${randomBytes(32).toString("base64")}`, "payloads");
    const { TEMPORAL_NAMESPACE: namespace } = getEnv();
    const theirs = new Client({
      connection,
      namespace,
      dataConverter: { payloadCodecs: [new EncryptionCodec(key, namespace)] },
    });
    const handle = await theirs.schedule.create({
      scheduleId: id,
      spec: never,
      action: action(id, "theirs"),
      memo: { madeFrom: "their own" },
    });
    try {
      await until("the schedule was listed", async () => listed(id));
      await healSchedules(deps());
      expect(await describeSchedule(getTemporal(), id)).toMatchObject({ taskQueue: "theirs", madeFrom: null });
    } finally {
      await handle.delete();
      await connection.close();
    }
  });

  it("changes a schedule that was made although its export's row does not say so", async () => {
    const { id } = await makeExport(project, { paused: false });
    await getDb().update(exports).set({ paused: true, scheduleApplied: 0 }).where(eq(exports.id, id));
    await healUntil("the schedule rested", async () => (await scheduleOf(id))?.paused === true);
    expect(await rowOf(id)).toMatchObject({ scheduleApplied: 1 });
  });

  it("corrects a schedule that was made from something else", async () => {
    const { id } = await makeExport(project, { paused: false });
    const wanted = await describeSchedule(getTemporal(), id);
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
      return spec.intervals?.[0]?.every === HOUR;
    });
    expect(await describeSchedule(getTemporal(), id)).toEqual(wanted);
  });
});
