import { randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { auditLog, runs } from "@/lib/db/schema";
import * as operations from "@/lib/openapi/operations";
import { HOUR } from "@/lib/units";
import { utc } from "@/lib/utc";
import { call, errorOf } from "@/testing/api/call";
import { makeConnection, makeExport, makeRun, scheduleOf } from "@/testing/api/make";
import { makeTenant, type Tenant } from "@/testing/api/tenant";

let tenant: Tenant;
let key: string;
let connectionId: string;

beforeAll(async () => {
  tenant = await makeTenant();
  key = tenant.key;
  connectionId = (await makeConnection(tenant)).id;
});

const runsOf = (exportId: string) =>
  getDb().select().from(runs).where(eq(runs.exportId, exportId)).orderBy(desc(runs.createdAt));
const lastHour = () => new Date(Math.floor(Date.now() / HOUR) * HOUR);
const destination = (values: object = {}) => ({ type: "s3" as const, prefix: `${randomUUID()}/`, ...values });

describe("an export that runs once", () => {
  it("begins at once with its range, and has no schedule", async () => {
    const startAt = "2026-01-01T00:00:00.000Z";
    const made = await makeExport(tenant, connectionId, { schedule: { every: "once" }, startAt, paused: false });
    expect(made.nextRunAt).toBeNull();
    expect(Date.parse(made.endAt ?? "")).toBeLessThanOrEqual(Date.now());
    const [run] = await runsOf(made.id);
    expect(run).toMatchObject({ trigger: "once", requestedBy: "API key “A test's key”" });
    expect([run?.intervalStart.toISOString(), run?.intervalEnd.toISOString()]).toEqual([startAt, made.endAt]);
    expect(await scheduleOf(made.id)).toBeNull();
  });

  it("that was made at rest begins when it is resumed, and only then", async () => {
    const { id } = await makeExport(tenant, connectionId, { schedule: { every: "once" } });
    expect(await runsOf(id)).toHaveLength(0);
    await call(operations.resumeExport, { key, params: { id } });
    expect(await runsOf(id)).toHaveLength(1);
    await call(operations.patchExport, { key, params: { id }, body: { name: "Renamed" } });
    expect(await runsOf(id)).toHaveLength(1);
  });

  it("can't get a schedule, nor the other way round", async () => {
    const { id } = await makeExport(tenant, connectionId, { schedule: { every: "once" } });
    const answer = await call(operations.patchExport, { key, params: { id }, body: { schedule: { every: "hour" } } });
    expect(answer.status).toBe(422);
    expect(errorOf(answer).message).toContain("Duplicate the export instead");
  });
});

describe("all profiles once", () => {
  it("is refused while a recurring export of profiles is scheduled, which it names", async () => {
    const own = await makeTenant();
    const connection = await makeConnection(own);
    const recurring = await makeExport(own, connection.id, { name: "Daily profiles", model: "persons", paused: false });
    const body = {
      name: "All profiles",
      model: "persons",
      connectionId: connection.id,
      destination: destination(),
      schedule: { every: "once" },
    };
    const params = { projectId: own.projectId };
    const refused = await call(operations.createExport, { key: own.key, params, body });
    expect(refused.status).toBe(409);
    expect(errorOf(refused)).toMatchObject({
      code: "profile_export_scheduled",
      message: expect.stringContaining("“Daily profiles”"),
      details: [{ path: `exports.${recurring.id}`, message: "Daily profiles" }],
    });
    await call(operations.pauseExport, { key: own.key, params: { id: recurring.id } });
    const made = await call(operations.createExport, { key: own.key, params, body });
    expect(made.status).toBe(201);
    const [run] = await runsOf(made.body.id);
    expect(run?.intervalStart).toEqual(new Date(0));
  });
});

describe("run now", () => {
  it("runs the window that has just ended, again too, and is audited", async () => {
    const { id } = await makeExport(tenant, connectionId);
    const { status, body } = await call(operations.runExport, { key, params: { id } });
    expect(status).toBe(201);
    expect(body).toMatchObject({ trigger: "once", intervalEnd: lastHour().toISOString() });
    const [entry] = await getDb().select().from(auditLog).where(eq(auditLog.objectId, body.id));
    expect(entry?.action).toBe("run.start");
  });

  it("is refused while the window has a run under way, and where none has ended", async () => {
    const { id } = await makeExport(tenant, connectionId);
    const window = { intervalStart: new Date(lastHour().getTime() - HOUR), intervalEnd: lastHour() };
    await makeRun(tenant, id, { ...window, state: "Running" });
    expect(errorOf(await call(operations.runExport, { key, params: { id } })).code).toBe("run_in_progress");
    const later = await makeExport(tenant, connectionId, { startAt: new Date(Date.now() + HOUR).toISOString() });
    const none = await call(operations.runExport, { key, params: { id: later.id } });
    expect(errorOf(none).code).toBe("no_window");
    expect(errorOf(none).message).toContain("has ended yet");
  });

  it("is refused after the end date, and says that it has ended", async () => {
    const endAt = new Date(lastHour().getTime() - 3 * HOUR).toISOString();
    const made = await makeExport(tenant, connectionId, { endAt, paused: false });
    expect(made).toMatchObject({ ended: true, nextRunAt: null });
    const refused = errorOf(await call(operations.runExport, { key, params: { id: made.id } }));
    expect(refused).toMatchObject({
      code: "no_window",
      message: expect.stringContaining(`ended at ${utc(new Date(endAt))}.`),
    });
  });
});

describe("a change of schedule", () => {
  it("moves the next window and leaves the past as it was", async () => {
    const { id } = await makeExport(tenant, connectionId, { paused: false });
    const from = new Date(lastHour().getTime() - 3 * HOUR);
    const changed = await call(operations.patchExport, { key, params: { id }, body: { schedule: { every: "24h" } } });
    expect(changed.body.pastSchedules).toMatchObject([
      { schedule: { every: "hour" }, until: lastHour().toISOString() },
    ]);
    const midnight = new Date(Math.floor(Date.now() / (24 * HOUR)) * 24 * HOUR + 24 * HOUR);
    expect(changed.body.nextRunAt).toBe(midnight.toISOString());
    const query = { from: from.toISOString(), to: midnight.toISOString() };
    const { body } = await call(operations.getCoverage, { key, params: { id }, query });
    expect(body.map(({ start }) => start)).toEqual(
      [3, 2, 1, 0].map((back) => new Date(lastHour().getTime() - back * HOUR).toISOString()),
    );
    expect(body.at(-1)?.end).toBe(midnight.toISOString());
    const same = await call(operations.patchExport, { key, params: { id }, body: { schedule: { every: "24h" } } });
    expect(same.body.pastSchedules).toHaveLength(1);
  });
});

describe("what can't be combined", () => {
  it("is refused of the whole, also where a change gives a part", async () => {
    const { id } = await makeExport(tenant, connectionId, {
      destination: destination({ layout: "amplitude" }),
      schedule: { every: "day" },
    });
    const answer = await call(operations.patchExport, { key, params: { id }, body: { schedule: { every: "5m" } } });
    expect(answer.status).toBe(422);
    expect(errorOf(answer).message).toContain("schedule.every: Must be an hour or longer");
  });
});

describe("a preview", () => {
  it("is refused where the export would be, and has its header, rows and earlier windows", async () => {
    const params = { projectId: tenant.projectId };
    const bad = { destination: { type: "s3", layout: "clevertap", compression: "none" }, schedule: { every: "hour" } };
    expect((await call(operations.previewExport, { key, params, body: bad })).status).toBe(422);
    const body = { destination: { type: "s3", format: "csv", layout: "hive" }, schedule: { every: "hour" } };
    const answer = await call(operations.previewExport, { key, params, body });
    expect(answer.body).toMatchObject({ rows: 0, keys: [], sampleRows: [], perMonth: { rows: 0, runs: 720 } });
    expect(answer.body.header).toMatch(/^uuid,event,/);
    expect(answer.body.earlier).toHaveLength(2);
    const once = { ...body, schedule: { every: "once" }, model: "persons" };
    expect((await call(operations.previewExport, { key, params, body: once })).body).toMatchObject({
      perMonth: null,
      earlier: [],
      intervalStart: "1970-01-01T00:00:00.000Z",
    });
  });
});
