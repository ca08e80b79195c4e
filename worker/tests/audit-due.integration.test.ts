import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { alerts, checks, exports, watchedRuns } from "@/lib/db/schema";
import { DEFAULT_CHECKS } from "@/lib/fields/checks";
import { recordChecks } from "@/lib/services/checks";
import { patchConnection } from "@/lib/services/connections/patch";
import { patchExport } from "@/lib/services/exports/patch";
import { storage, TestBucket } from "@/testing/runs/bucket";
import { deps } from "@/testing/runs/deps";
import { connect, makeExport, pastHour, type S3Export } from "@/testing/runs/exports";
import { flipped, keep, put, putBack, remove } from "@/testing/runs/objects";
import { openProject, type TestProject } from "@/testing/runs/project";
import { allow, makeUser } from "@/testing/runs/s3-users";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";
import { windowSteps } from "@/testing/runs/window-steps";
import { auditDue } from "../steps/checks/audit-due";
import { auditRuns } from "../steps/checks/audit-runs";

let project: TestProject;
let connectionId: string;
const { complete, fill } = windowSteps(() => project);

beforeAll(async () => {
  project = await openProject();
  connectionId = (await connect(project)).id;
  for (const hour of [1, 2]) await fill(pastHour(hour), 3);
});
afterAll(() => project.close());

const round = () => auditDue(deps(), AbortSignal.timeout(60_000));

async function committed(values = {}, through = connectionId): Promise<{ exported: S3Export; ids: string[] }> {
  const exported = await makeExport(project, {
    connectionId: through,
    checks: { ...DEFAULT_CHECKS, deepShare: 0, ...values },
  });
  return { exported, ids: [await complete(exported, pastHour(2)), await complete(exported, pastHour(1))] };
}

const make = (id: string, due: string) =>
  getDb()
    .update(exports)
    .set({ nextAuditAt: sql.raw(due) })
    .where(eq(exports.id, id));

/** Makes it due, and waits until it was audited: by this process, or by the stack's worker. */
async function audited(id: string): Promise<void> {
  await make(id, "now() - interval '1 hour'");
  await round();
  await until("the export was audited", async () => ((await nextIn(id)) > 16 ? true : null));
}

/** Minutes until the next audit. */
async function nextIn(id: string): Promise<number> {
  const [row] = await getDb()
    .select({ minutes: sql<number>`(extract(epoch from next_audit_at - now()) / 60)::float8` })
    .from(exports)
    .where(eq(exports.id, id));
  return row!.minutes;
}

const watched = (ids: string[]) =>
  getDb().select().from(watchedRuns).where(inArray(watchedRuns.runId, ids)).orderBy(watchedRuns.intervalStart);
const outcomes = async (ids: string[]) => (await watched(ids)).map((row) => row.destinationOutcome);
const checksOf = (id: string) => getDb().select().from(checks).where(eq(checks.exportId, id));

/** As if the last look was long ago. */
const forget = (ids: string[]) =>
  getDb()
    .update(watchedRuns)
    .set({ destinationCheckedAt: sql`now() - interval '20 hours'` })
    .where(inArray(watchedRuns.runId, ids));

it("audits what is due, and records what is new", async () => {
  const { exported, ids } = await committed();
  await audited(exported.id);
  expect(await outcomes(ids)).toEqual(["intact", "intact"]);
  expect(await checksOf(exported.id)).toMatchObject([
    { kind: "destination", outcome: "intact" },
    { outcome: "intact" },
  ]);
  // A day, less up to an eighth.
  expect(await nextIn(exported.id)).toBeGreaterThan(24 * 60 * (7 / 8) - 2);
  expect(await nextIn(exported.id)).toBeLessThanOrEqual(24 * 60);

  const [key] = await project.bucket.keys(exported.destination.prefix);
  const kept = await keep(project.bucket, key!);
  await remove(project.bucket, key!);
  await audited(exported.id);
  expect(await outcomes(ids), "looked at less than half a day ago").toEqual(["intact", "intact"]);
  await forget(ids);
  await audited(exported.id);
  expect((await watched(ids)).map((row) => [row.destinationOutcome, row.isBroken])).toEqual([
    ["missing", true],
    ["intact", false],
  ]);
  expect(await checksOf(exported.id)).toHaveLength(3);
  const raised = await getDb().select().from(alerts).where(eq(alerts.exportId, exported.id));
  expect(raised).toMatchObject([{ kind: "finding", cause: "check_destination_missing" }]);

  await putBack(project.bucket, kept);
  await forget(ids);
  await audited(exported.id);
  expect((await watched(ids)).map((row) => [row.destinationOutcome, row.isBroken])).toEqual([
    ["intact", false],
    ["intact", false],
  ]);
});

it("reads the share of the files back that the export's checks say", async () => {
  const { exported, ids } = await committed({ deepShare: 1 });
  const [key] = await project.bucket.keys(exported.destination.prefix);
  const { bytes, metadata } = await keep(project.bucket, key!);
  await put(project.bucket, key!, flipped(bytes), metadata);
  await audited(exported.id);
  expect(await outcomes(ids)).toEqual(["changed", "intact"]);
  const kinds = (await checksOf(exported.id)).map(({ kind, outcome }) => [kind, outcome]);
  expect(kinds).toContainEqual(["deep", "intact"]);
});

it.each([DEFAULT_CHECKS.deepShare, 1])(
  "takes no alarm from credentials that only list, with the share %d",
  async (deepShare) => {
    const bucket = await TestBucket.make();
    const own = await connect(project, { bucket: bucket.name });
    const { exported, ids } = await committed({ deepShare }, own.id);
    const user = await makeUser();
    await allow(bucket, user, ["s3:ListBucket"]);
    await patchConnection(project.actor, { id: own.id, config: { ...user } });
    for (let time = 0; time < 2; time += 1) {
      await forget(ids);
      await audited(exported.id);
      expect(await outcomes(ids)).toEqual(["intact", "intact"]);
    }
    const said = await checksOf(exported.id);
    expect(said.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual(["destination intact", "destination intact"]);
    if (deepShare === 1)
      for (const { reason } of said) expect(reason).toMatch(/^2 of the 2 objects .* couldn't be read back: /);
    expect(await getDb().$count(alerts, eq(alerts.exportId, exported.id))).toBe(0);
    await bucket.remove();
  },
);

it("raises one alert however many audits find the same at once", async () => {
  const { exported, ids } = await committed();
  const [key] = await project.bucket.keys(exported.destination.prefix);
  await remove(project.bucket, key!);
  const signal = AbortSignal.timeout(60_000);
  const audit = async () => recordChecks(deps(), await auditRuns(deps(), exported.id, ids, { isDeep: false, signal }));
  await make(exported.id, "now() - interval '1 hour'");
  const raised = await Promise.all([audit(), audit(), round().then(() => []), round().then(() => [])]);
  await until("the export was audited", async () => ((await nextIn(exported.id)) > 16 ? true : null));
  expect(raised.flat().length).toBeLessThanOrEqual(1);
  expect(await getDb().select().from(alerts).where(eq(alerts.exportId, exported.id))).toMatchObject([
    { kind: "finding", cause: "check_destination_missing" },
  ]);
  expect(await outcomes(ids)).toEqual(["missing", "intact"]);
});

it("reports what else is wrong with a window whose files consumers delete", async () => {
  const { exported, ids } = await committed({ expectDeletion: true });
  const keys = await project.bucket.keys(exported.destination.prefix);
  const files = keys.filter((key) => !key.endsWith(".json"));
  await remove(project.bucket, files[1]!);
  await remove(project.bucket, keys.find((key) => key.endsWith(".json"))!);
  await put(project.bucket, files[0]!, Buffer.from("x"));
  await audited(exported.id);
  expect((await watched(ids)).map((row) => [row.destinationOutcome, row.isBroken])).toEqual([
    ["changed", true],
    ["missing", false],
  ]);
  expect(await getDb().select().from(alerts).where(eq(alerts.exportId, exported.id))).toMatchObject([
    { kind: "finding", cause: "check_destination_changed" },
  ]);
});

it("leaves out exports that are off, deleted, or not due, and windows committed too long ago", async () => {
  const off = await committed({ destination: "off" });
  const deleted = await committed();
  const notDue = await committed();
  const old = await committed({ destinationDays: 1 });
  await getDb().update(exports).set({ deletedAt: new Date() }).where(eq(exports.id, deleted.exported.id));
  await make(off.exported.id, "now() - interval '1 hour'");
  await make(deleted.exported.id, "now() - interval '1 hour'");
  await getDb()
    .update(watchedRuns)
    .set({ committedAt: sql`now() - interval '25 hours'` })
    .where(eq(watchedRuns.runId, old.ids[0]!));
  await audited(old.exported.id);
  expect(await outcomes(old.ids)).toEqual([null, "intact"]);
  for (const { ids } of [off, deleted, notDue]) expect(await outcomes(ids)).toEqual([null, null]);
});

it("audits weekly, continues in the next round where a round ended, and repeats one that was cut off", async () => {
  const { exported, ids } = await committed({ destination: "weekly" });
  await make(exported.id, "now() - interval '1 hour'");
  // A round without time takes no export.
  expect(await auditDue(deps(), AbortSignal.timeout(60_000), Date.now() - 1)).toEqual({ audited: 0, alertIds: [] });
  await audited(exported.id);
  expect(await outcomes(ids)).toEqual(["intact", "intact"]);
  expect(await nextIn(exported.id)).toBeGreaterThan(6 * 24 * 60);
});

it("repeats what it could not look at for an outage, within minutes, until it can", async () => {
  const proxy = await TcpProxy.open(storage().endpoint);
  const own = await connect(project, { endpoint: proxy.endpoint });
  const { exported, ids } = await committed({}, own.id);
  proxy.cut();
  await make(exported.id, "now() - interval '1 hour'");
  await round();
  await until("the export was looked at", async () => ((await outcomes(ids))[1] === "unknown" ? true : null));
  expect(await nextIn(exported.id)).toBeLessThanOrEqual(15);
  expect((await watched(ids)).map((row) => row.destinationCheckedAt)).toEqual([null, null]);
  await proxy.restore();
  await audited(exported.id);
  expect(await outcomes(ids)).toEqual(["intact", "intact"]);
  proxy.cut();
});

it("comes back within minutes for the one window that could not be looked at", async () => {
  const proxy = await TcpProxy.open(storage().endpoint);
  const own = await connect(project, { endpoint: proxy.endpoint });
  const exported = await makeExport(project, { connectionId: own.id, checks: { ...DEFAULT_CHECKS, deepShare: 0 } });
  const ids = [await complete(exported, pastHour(2))];
  await patchExport(project.actor, { id: exported.id, connectionId });
  ids.push(await complete(exported, pastHour(1)));
  proxy.cut();
  await make(exported.id, "now() - interval '1 hour'");
  await round();
  await until("the export was looked at", async () => ((await outcomes(ids))[1] === "intact" ? true : null));
  expect(await outcomes(ids)).toEqual(["unknown", "intact"]);
  expect(await nextIn(exported.id)).toBeLessThanOrEqual(15);
  await proxy.restore();
  await audited(exported.id);
  expect(await outcomes(ids)).toEqual(["intact", "intact"]);
  proxy.cut();
});

it("comes back within minutes to an export whose destination can't be looked at", async () => {
  const { exported, ids } = await committed();
  await getDb().execute(sql`update connections set secrets = 'v2.gone' where id = ${connectionId}`);
  await make(exported.id, "now() - interval '1 hour'");
  await round();
  await until("the export was looked at", async () => ((await outcomes(ids))[1] === "unknown" ? true : null));
  expect(await nextIn(exported.id)).toBeLessThanOrEqual(15);
  expect((await watched(ids)).map((row) => row.isBroken)).toEqual([false, false]);
});
