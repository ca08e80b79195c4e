import { asc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { getDb } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import { exports, processes, rests, runs } from "@/lib/db/schema";
import type { CreateExportInput, Export } from "@/lib/schemas/export";
import { getClock } from "@/lib/services/clock/get";
import { patchExport } from "@/lib/services/exports/patch";
import { pauseExport } from "@/lib/services/exports/pause";
import { resumeExport } from "@/lib/services/exports/resume";
import { listRunLogs } from "@/lib/services/runs/list-logs";
import { runWorkflowId } from "@/lib/temporal/contract";
import { HOUR, MINUTE } from "@/lib/units";
import { boundaryAtOrBefore, windowsIn } from "@/lib/windows";
import { deps } from "@/testing/runs/deps";
import { makeExport, pastHour, runWhen } from "@/testing/runs/exports";
import { insertRun } from "@/testing/runs/insert-run";
import { openProject, type TestProject } from "@/testing/runs/project";
import { until } from "@/testing/runs/until";
import { planRun } from "@/worker/steps/plan/plan-run";
import { startDue } from "@/worker/steps/start/start-due";
import { startRun } from "@/worker/steps/start/start-run";
import { sweepLost } from "@/worker/steps/upkeep/sweep";

const ago = (hours: number) => new Date(pastHour(0).end.getTime() - hours * HOUR);

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => project.close());

/** A scheduled export whose windows from `dueFrom` on are due. */
async function behind(dueFrom: Date, values: Partial<Pick<CreateExportInput, "schedule" | "endAt">> = {}) {
  const exported = await makeExport(project, { paused: false, ...values });
  await getDb().update(exports).set({ dueFrom }).where(eq(exports.id, exported.id));
  return exported;
}

const fire = ({ id }: Export, workflowId: string) => startRun(deps(), { exportId: id }, `${workflowId}-${id}`);
const runsOf = ({ id }: Export) =>
  getDb().select().from(runs).where(eq(runs.exportId, id)).orderBy(asc(runs.intervalStart));
const ends = async (exported: Export) => (await runsOf(exported)).map(({ intervalEnd }) => intervalEnd);
const logOf = async (id: string) =>
  (await listRunLogs(project.actor, { id, limit: 100 })).items.map(({ message }) => message);

describe("a firing", () => {
  it("takes the oldest window that is due, starts the others, and answers the same when it is asked again", async () => {
    const exported = await behind(ago(3));
    const first = await fire(exported, "first");
    const made = await runsOf(exported);
    expect(made.map(({ intervalEnd, trigger }) => [intervalEnd, trigger])).toEqual(
      [2, 1, 0].map((hours) => [ago(hours), "schedule"]),
    );
    expect(made[0]).toMatchObject({ id: first?.runId, workflowId: `first-${exported.id}` });
    expect(await fire(exported, "first")).toMatchObject({ runId: first?.runId });
    for (const { id } of made.slice(1)) {
      await runWhen(project, id, ({ state }) => state === "Completed");
      expect(await logOf(id)).toContainEqual(expect.stringMatching(/^Started by a later firing/));
    }
  });

  it("that comes twice, too early or by other time-zone data starts nothing twice", async () => {
    const schedule = { every: "day" as const, timezone: "Europe/Chisinau", atHour: 2 };
    const now = await dbNow(getDb());
    const timeline = { ...schedule, atWeekday: 0 };
    const dueFrom = boundaryAtOrBefore(timeline, new Date(now.getTime() - 24 * 24 * HOUR));
    const exported = await behind(dueFrom, { schedule });
    const wanted = [
      ...windowsIn(
        timeline,
        { start: dueFrom, end: boundaryAtOrBefore(timeline, now) },
        { startAt: null, endAt: null },
      ),
    ];
    // None of these comes at a window's end, and two are concurrent.
    await Promise.all([fire(exported, "an-hour-early"), fire(exported, "twice")]);
    await fire(exported, "late");
    expect(await fire(exported, "again")).toBeNull();
    const made = await runsOf(exported);
    expect(made.map(({ intervalStart, intervalEnd }) => [intervalStart, intervalEnd])).toEqual(
      wanted.map(({ start, end }) => [start, end]),
    );
    expect(made.length).toBeGreaterThan(20);
  });

  it("leaves alone what was run by hand", async () => {
    const exported = await behind(ago(2));
    await insertRun(project, exported.id, { start: ago(2), end: ago(1) }, { state: "Failed" });
    await fire(exported, "first");
    expect(await ends(exported)).toEqual([ago(1), ago(0)]);
  });
});

describe("reconciling", () => {
  it("starts what ended over three boundaries without a firing, and says so", async () => {
    const exported = await behind(ago(3));
    await startDue(deps());
    const made = await runsOf(exported);
    expect(made.map(({ intervalEnd }) => intervalEnd)).toEqual([2, 1, 0].map(ago));
    for (const { id, workflowId } of made) {
      expect(workflowId).toBe(runWorkflowId(id));
      await runWhen(project, id, ({ state }) => state === "Completed");
      expect(await logOf(id)).toContain("Started by reconciliation, because the schedule didn't fire for this window.");
    }
    await startDue(deps());
    expect(await runsOf(exported)).toHaveLength(3);
    const [row] = await getDb().select().from(exports).where(eq(exports.id, exported.id));
    expect(row?.dueFrom).toEqual(ago(0));
  });

  it("starts the windows of the schedule before a change, and none of the new one that has not ended", async () => {
    const exported = await behind(ago(3));
    await patchExport(project.actor, {
      id: exported.id,
      schedule: { every: "week", timezone: "UTC", atHour: 0, atWeekday: 0 },
    });
    await startDue(deps());
    expect(await ends(exported)).toEqual([2, 1, 0].map(ago));
  });

  it("starts nothing that ended during a pause", async () => {
    const exported = await behind(ago(5));
    await pauseExport(project.actor, exported);
    const mine = eq(rests.exportId, exported.id);
    await getDb()
      .update(rests)
      .set({ startedAt: ago(2.5) })
      .where(mine);
    await startDue(deps());
    expect(await fire(exported, "paused")).toBeNull();
    expect(await runsOf(exported)).toEqual([]);
    await resumeExport(project.actor, exported);
    expect(await getDb().select().from(rests).where(mine)).toMatchObject([{ endedAt: expect.any(Date) }]);
    await startDue(deps());
    // Windows that ended before the pause are still due.
    expect(await ends(exported)).toEqual([ago(4), ago(3)]);
  });

  it("starts nothing that had ended after the end date when that date is moved", async () => {
    const exported = await behind(ago(2), { endAt: ago(1).toISOString() });
    await startDue(deps());
    expect(await ends(exported)).toEqual([ago(1)]);
    await patchExport(project.actor, { id: exported.id, endAt: null });
    await startDue(deps());
    expect(await ends(exported)).toEqual([ago(1)]);
  });

  it("starts a run whose workflow was never started", async () => {
    const exported = await makeExport(project);
    const createdAt = new Date(Date.now() - HOUR);
    const { id } = await insertRun(project, exported.id, pastHour(1), { trigger: "schedule", createdAt });
    await sweepLost(deps());
    await runWhen(project, id, ({ state }) => state === "Completed");
  });
});

describe("a process whose clock is five minutes ahead", () => {
  const goAhead = () => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 300_000 });

  it("still waits until a window has settled by the database's clock", async () => {
    const exported = await makeExport(project);
    const end = new Date((await dbNow(getDb())).getTime() + MINUTE);
    const { id, workflowId } = await insertRun(project, exported.id, { start: ago(1), end }, { trigger: "schedule" });
    goAhead();
    const started = await startRun(deps(), { exportId: exported.id, runId: id }, workflowId);
    expect(started?.waitMs).toBeGreaterThan(45_000);
    const once = { attempt: 1, signal: AbortSignal.timeout(10_000) };
    await expect(planRun(deps(), id, once)).rejects.toMatchObject({
      failure: { code: "not_settled", retryable: true },
    });
  });

  it("starts no window before it has ended", async () => {
    const lastEndOf = (now: Date) => new Date(Math.floor(now.getTime() / (5 * MINUTE)) * 5 * MINUTE);
    const untilBoundary = (now: Date) => lastEndOf(now).getTime() + 5 * MINUTE - now.getTime();
    await until("no window was about to end", async () => untilBoundary(await dbNow(getDb())) > 20_000);
    const lastEnd = lastEndOf(await dbNow(getDb()));
    const exported = await behind(new Date(lastEnd.getTime() - 5 * MINUTE), { schedule: { every: "5m" } });
    await fire(exported, "caught-up");
    const made = await runsOf(exported);
    expect(made.map(({ intervalEnd }) => intervalEnd)).toEqual([lastEnd]);
    goAhead();
    expect(await fire(exported, "ahead")).toBeNull();
    expect((await runsOf(exported)).length).toBe(made.length);
  });

  it("says so in the installation's health", async () => {
    expect(await getClock()).toMatchObject({ ok: true });
    goAhead();
    await getDb().delete(processes);
    vi.resetModules();
    const { getClock: asNew } = await import("@/lib/services/clock/get");
    const clock = await asNew();
    expect(clock).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^A web app's clock is (299|300|301) s ahead/),
    });
    await getDb().delete(processes);
  });
});
