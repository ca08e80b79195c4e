import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { alertChannels, alerts, connections, deliveries, exports, mails, runs } from "@/lib/db/schema";
import { settingsSchema } from "@/lib/destinations/settings";
import { DAY } from "@/lib/units";
import {
  reachedFromExports,
  reachedFromLedger,
  totalsFromCounters,
  totalsFromLedger,
} from "@/testing/api/counters-from-ledger";
import { makeHistoric, makeRun } from "@/testing/api/make";
import { makeTenant, type Tenant } from "@/testing/api/tenant";
import { takeOwnDatabase } from "@/testing/database/own-database";

const NEWEST = Math.floor(Date.now() / DAY);

let giveBack: Awaited<ReturnType<typeof takeOwnDatabase>>;
beforeAll(async () => {
  giveBack = await takeOwnDatabase();
});
afterAll(() => giveBack());

/** The day that began `back` days ago. */
function day(back: number) {
  const start = new Date((NEWEST - back) * DAY);
  return { intervalStart: start, intervalEnd: new Date(start.getTime() + DAY) };
}

/** An active daily export in the ledger, with a historic export. */
async function activeExport() {
  const tenant = await makeTenant();
  const { organizationId, projectId } = tenant;
  const owner = { organizationId, projectId };
  const config = { bucket: "b", region: "us-east-1", accessKeyId: "a" } as never;
  const [connection] = await getDb()
    .insert(connections)
    .values({ ...owner, type: "s3", name: "c", config, secrets: "", verifiedAt: new Date() })
    .returning();
  const [made] = await getDb()
    .insert(exports)
    .values({
      ...owner,
      connectionId: connection!.id,
      name: "e",
      model: "events",
      destination: settingsSchema.parse({ type: "s3", prefix: "e/" }),
      filters: { includeEvents: [], excludeEvents: [], properties: [] },
      schedule: { every: "day", timezone: "UTC", atHour: 0, atWeekday: 0 },
    })
    .returning();
  const historicExportId = await makeHistoric(tenant, made!.id, { windows: 1 });
  return { tenant, exportId: made!.id, historicExportId };
}

const STATES = ["Completed", "Completed", "Completed", "Failed", "Cancelled", "Running"] as const;
const end = fc.record({
  state: fc.constantFrom(...STATES),
  attempt: fc.integer({ min: 1, max: 3 }),
  seconds: fc.option(fc.constantFrom(0.5, 1, 1.000001, 5, 60, 61.5, 20_000)),
});
const act = fc.oneof(
  fc.record({ kind: fc.constant("scheduled" as const), skipped: fc.constantFrom(0, 0, 0, 1), end }),
  fc.record({ kind: fc.constant("historic" as const), back: fc.integer({ min: 1, max: 40 }), end }),
  fc.record({ kind: fc.constant("retry" as const), which: fc.nat(), end }),
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
type End = Extract<Act, { kind: "retry" }>["end"];

/** Starts and ends a run. A run that stays Running is canceled before its window's next run starts. */
async function play(
  tenant: Tenant,
  exportId: string,
  values: Parameters<typeof makeRun>[2],
  { state, attempt, seconds }: End,
) {
  await getDb()
    .update(runs)
    .set({ state: "Cancelled", finishedAt: sql`now()` })
    .where(
      sql`export_id = ${exportId} and interval_start = ${values.intervalStart.toISOString()} and state = 'Running'`,
    );
  const id = await makeRun(tenant, exportId, values);
  const startedAt = seconds === null ? null : new Date();
  await getDb().update(runs).set({ state: "Running", startedAt, attempt }).where(eq(runs.id, id));
  if (state === "Running") return;
  const finishedAt = startedAt && sql`${startedAt.toISOString()}::timestamptz + ${seconds} * interval '1 second'`;
  const measured = state === "Completed" ? { rows: 5_000_000_001, bytes: 7 } : {};
  await getDb()
    .update(runs)
    .set({ state, ...measured, finishedAt })
    .where(eq(runs.id, id));
}

async function playAll(acts: Act[]) {
  const { tenant, exportId, historicExportId } = await activeExport();
  const before: ReturnType<typeof day>[] = [];
  let back = 25;
  for (const next of acts) {
    if (next.kind === "scheduled") {
      back -= 1 + next.skipped;
      before.push(day(back));
      await play(tenant, exportId, { ...day(back), trigger: "schedule" }, next.end);
    } else if (next.kind === "historic") {
      await play(tenant, exportId, { ...day(next.back), trigger: "historic", historicExportId }, next.end);
    } else if (before.length > 0) {
      await play(tenant, exportId, { ...before[next.which % before.length]!, trigger: "retry" }, next.end);
    }
    expect(await reachedFromExports()).toEqual(await reachedFromLedger());
  }
}

describe("metrics that are counted as things happen", () => {
  it("are what the ledger comes to, whatever becomes of runs", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (acts) => {
        await playAll(acts);
        expect(await totalsFromCounters()).toEqual(await totalsFromLedger());
      }),
      { numRuns: 25 },
    );
    expect(Object.keys(await totalsFromLedger())).toEqual(
      expect.arrayContaining([
        "Completed rows",
        "Failed runs",
        "Cancelled attempts",
        "Running runs",
        "Completed <= 60",
      ]),
    );
  });

  it("count what is written in one transaction, and nothing of one that is rolled back", async () => {
    const { tenant, exportId } = await activeExport();
    const before = await totalsFromCounters();
    const failing = getDb().transaction(async (tx) => {
      await tx.update(runs).set({ state: "Failed" });
      throw new Error("Rolled back.");
    });
    await expect(failing).rejects.toThrow("Rolled back.");
    expect(await totalsFromCounters()).toEqual(before);
    await makeRun(tenant, exportId, { ...day(3), state: "Completed" });
    await getDb().update(runs).set({ state: "Cancelled", attempt: 4 });
    expect(await totalsFromCounters()).toEqual(await totalsFromLedger());
  });

  it("count ends that come at the same time", async () => {
    const { tenant, exportId } = await activeExport();
    const made = await Promise.all(
      Array.from({ length: 30 }, (_, n) => makeRun(tenant, exportId, { ...day(40 + n), trigger: "once" })),
    );
    await Promise.all(
      made.map((id, n) =>
        getDb()
          .update(runs)
          .set({ state: n % 2 === 0 ? "Completed" : "Failed", finishedAt: sql`now()` })
          .where(eq(runs.id, id)),
      ),
    );
    expect(await totalsFromCounters()).toEqual(await totalsFromLedger());
  });

  it("no longer look at a gap of over 30 days ago", async () => {
    const { tenant, exportId } = await activeExport();
    for (const back of [29, 28]) await makeRun(tenant, exportId, { ...day(back), state: "Completed" });
    await getDb()
      .update(exports)
      .set({ committedUpTo: day(33).intervalStart })
      .where(eq(exports.id, exportId));
    const reached = async () => (await reachedFromExports())[tenant.projectId];
    expect(await reached()).toEqual((await reachedFromLedger())[tenant.projectId]);
    await makeRun(tenant, exportId, { ...day(27), state: "Completed" });
    const [stored] = await getDb().select({ at: exports.committedUpTo }).from(exports).where(eq(exports.id, exportId));
    expect(stored?.at).toEqual(day(26).intervalStart);
    expect(await reached()).toEqual((await reachedFromLedger())[tenant.projectId]);
  });

  it("count mails and deliveries, and those that are gone no longer", async () => {
    const { tenant, exportId } = await activeExport();
    const { organizationId, projectId } = tenant;
    const about = { exportId, kind: "failed" as const, cause: "timeout", ...day(1) };
    const [alert] = await getDb()
      .insert(alerts)
      .values({ organizationId, projectId, ...about })
      .returning();
    const alertId = alert!.id;
    const channel = { organizationId, kind: "webhook" as const, name: "w", secrets: "", host: "h" };
    const [{ id: channelId } = { id: "" }] = await getDb().insert(alertChannels).values(channel).returning();
    const mail = { organizationId, alertId, to: "a@penstock.test", subject: "s", body: "b" };
    await getDb().insert(mails).values([mail, mail, mail]);
    await getDb().insert(deliveries).values({ organizationId, alertId, channelId });
    expect(await totalsFromCounters()).toMatchObject({ "mails queued": 3, "deliveries queued": 1 });
    await getDb().update(mails).set({ state: "sent" });
    await getDb().update(deliveries).set({ state: "failed" });
    expect(await totalsFromCounters()).toEqual(await totalsFromLedger());
    await getDb().delete(alerts).where(eq(alerts.id, alertId));
    expect(await totalsFromCounters()).toEqual(await totalsFromLedger());
    expect(await totalsFromCounters()).not.toHaveProperty("mails sent");
  });

  it("come out the same when all is counted again", async () => {
    await getDb().execute(sql`select recount_ledger()`);
    expect(await totalsFromCounters()).toEqual(await totalsFromLedger());
    expect(await reachedFromExports()).toEqual(await reachedFromLedger());
  });
});
