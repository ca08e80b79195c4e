import { ScheduleOverlapPolicy } from "@temporalio/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Export } from "@/lib/schemas/export";
import { createHistoricExport } from "@/lib/services/historic-exports/create";
import { getHistoricExport } from "@/lib/services/historic-exports/get";
import { startRun } from "@/lib/services/run-engine/start-run";
import { listRuns } from "@/lib/services/runs/list";
import { retryRun } from "@/lib/services/runs/retry";
import { getTemporal } from "@/lib/temporal/client";
import { fillWindow } from "./testing/events";
import { completeWindow, makeExport, pastHour, runWhen } from "./testing/exports";
import { openProject, type TestProject } from "./testing/project";
import { until } from "./testing/until";

const HOUR = 3_600_000;
const ROWS = 60;

let project: TestProject;
/** Six hours full of rows; the end date lies in the middle of the fourth. */
const hours = pastHour(1, 6);
const hour = (n: number) => ({
  start: new Date(hours.start.getTime() + n * HOUR),
  end: new Date(hours.start.getTime() + (n + 1) * HOUR),
});
const endAt = new Date(hour(3).start.getTime() + HOUR / 2);
const iso = (window: { start: Date; end: Date }) => ({
  intervalStart: window.start.toISOString(),
  intervalEnd: window.end.toISOString(),
});

beforeAll(async () => {
  project = await openProject();
  await fillWindow(project.sourceProjectId, hours, { rows: ROWS * 6, bytes: 100 });
});
afterAll(() => project.close());

const endingExport = (prefix: string) => makeExport(project, { endAt: endAt.toISOString(), destination: { prefix } });

async function runsOf(exported: Export) {
  const { items } = await listRuns(project.actor, { exportId: exported.id, limit: 100 });
  return items.sort((a, b) => (a.intervalStart < b.intervalStart ? -1 : 1));
}

/** The newest ingestion time of all rows that lie under a prefix. */
async function newestRow(prefix: string): Promise<string> {
  const times: string[] = [];
  for (const key of await project.bucket.keys(prefix)) {
    if (key.endsWith("_manifest.json")) continue;
    const lines = await project.bucket.lines(key);
    times.push(...lines.map((line) => (JSON.parse(line) as { inserted_at: string }).inserted_at));
  }
  return times.sort().at(-1) ?? "";
}

async function completeHistoric(exported: Export, range: { start: Date; end: Date }) {
  const { id } = await createHistoricExport(project.actor, {
    exportId: exported.id,
    start: range.start.toISOString(),
    end: range.end.toISOString(),
  });
  return until("the historic export had completed", async () => {
    const historic = await getHistoricExport(project.actor, { id });
    return historic.state === "Completed" && historic;
  });
}

/** Has the schedule fire for every hour of the six, as if they were now, and once more an hour later. */
const fireForAll = (exported: Export) =>
  getTemporal()
    .schedule.getHandle(exported.id)
    .backfill({
      start: hours.start,
      end: new Date(hours.end.getTime() + HOUR),
      overlap: ScheduleOverlapPolicy.ALLOW_ALL,
    });

describe("a historic export", () => {
  it("runs each of three hours once", async () => {
    const exported = await makeExport(project, { destination: { prefix: "three/" } });
    const historic = await completeHistoric(exported, { start: hour(0).start, end: hour(2).end });
    expect(historic).toMatchObject({
      windows: 3,
      windowsCompleted: 3,
      windowsFailed: 0,
      windowsRunning: 0,
      rows: 3 * ROWS,
    });
    expect(await runsOf(exported)).toMatchObject(
      [0, 1, 2].map((n) => ({ ...iso(hour(n)), state: "Completed", rows: ROWS })),
    );
    expect(await project.bucket.keys("three/")).toHaveLength(6);
  });
});

describe("nothing past the end date is exported", () => {
  it("by a historic export, whose last window is cut there", async () => {
    const exported = await endingExport("historic/");
    const historic = await completeHistoric(exported, hours);
    expect(historic).toMatchObject({ windows: 4, end: endAt.toISOString(), rows: 3.5 * ROWS });
    expect((await runsOf(exported)).at(-1)).toMatchObject(iso({ start: hour(3).start, end: endAt }));
    expect((await newestRow("historic/")) < endAt.toISOString()).toBe(true);
    const past = { start: hour(4).start.toISOString(), end: hour(5).end.toISOString() };
    await expect(createHistoricExport(project.actor, { exportId: exported.id, ...past })).rejects.toMatchObject({
      status: 422,
    });
  });

  it("by the schedule, which fires at the end of each window and not after the last", async () => {
    const exported = await endingExport("schedule/");
    await fireForAll(exported);
    const runs = await until("four runs had completed", async () => {
      const found = await runsOf(exported);
      return found.filter(({ state, rows }) => state === "Completed" && rows !== 0).length >= 4 && found;
    });
    const windows = [hour(0), hour(1), hour(2), { start: hour(3).start, end: endAt }];
    // The schedule fires at the start of the first hour too, for the hour before it, which has no rows.
    expect(runs.filter(({ rows }) => rows !== 0)).toMatchObject(
      windows.map((window) => ({ ...iso(window), trigger: "schedule" })),
    );
    expect((await newestRow("schedule/")) < endAt.toISOString()).toBe(true);
    expect(await newestRow("schedule/")).not.toBe("");
  });

  it("by a firing that comes all the same, nor by a retry once the end date has moved", async () => {
    const exported = await endingExport("late/");
    for (const end of [hour(4).end, hour(5).end])
      expect(await startRun({ exportId: exported.id }, { id: `late-${exported.id}`, scheduledFor: end })).toBeNull();
    expect(await runsOf(exported)).toEqual([]);
    const run = await completeWindow(project, exported.id, hour(4));
    await expect(retryRun(project.actor, { id: run.id })).rejects.toMatchObject({ code: "past_end_date" });
  });
});

describe("a schedule that fires twice for one window", () => {
  it("runs it once", async () => {
    const exported = await makeExport(project, { destination: { prefix: "twice/" } });
    const start = (id: string) =>
      startRun({ exportId: exported.id }, { id: `${id}-${exported.id}`, scheduledFor: hour(0).end });
    const first = await start("first");
    expect(first).not.toBeNull();
    expect(await start("first")).toEqual(first);
    expect(await start("second")).toBeNull();
    expect(await runsOf(exported)).toMatchObject([{ ...iso(hour(0)), trigger: "schedule" }]);
    await runWhen(project, first?.runId ?? "", () => true);
  });
});
