import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { exports } from "@/lib/db/schema";
import type { Export } from "@/lib/schemas/export";
import { createHistoricExport } from "@/lib/services/historic-exports/create";
import { getHistoricExport } from "@/lib/services/historic-exports/get";
import { listRuns } from "@/lib/services/runs/list";
import { retryRun } from "@/lib/services/runs/retry";
import { HOUR } from "@/lib/units";
import { deps } from "@/testing/runs/deps";
import { fillWindow } from "@/testing/runs/events";
import { completeWindow, makeExport, pastHour } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { until } from "@/testing/runs/until";
import { startDue } from "@/worker/steps/start/start-due";
import { startRun } from "@/worker/steps/start/start-run";

const ROWS = 60;

let project: TestProject;
/** Six hours of rows; the end date falls in the middle of the fourth. */
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

const endingExport = (prefix: string, paused = true) =>
  makeExport(project, { endAt: endAt.toISOString(), destination: { prefix }, paused });

async function runsOf(exported: Export) {
  const { items } = await listRuns(project.actor, { exportId: exported.id, limit: 100 });
  return items.sort((a, b) => (a.intervalStart < b.intervalStart ? -1 : 1));
}

/** The newest ingestion time of all rows under a prefix. */
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

/** Makes windows from `dueFrom` on due again. */
const setBack = ({ id }: Export, dueFrom: Date) => getDb().update(exports).set({ dueFrom }).where(eq(exports.id, id));

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

  it("by the schedule, whose last window is cut there", async () => {
    const exported = await endingExport("schedule/", false);
    await setBack(exported, hours.start);
    await startDue(deps());
    const runs = await until("every run had completed", async () => {
      const found = await runsOf(exported);
      return found.length > 0 && found.every(({ state }) => state === "Completed") && found;
    });
    const windows = [hour(0), hour(1), hour(2), { start: hour(3).start, end: endAt }];
    expect(runs).toMatchObject(windows.map((window) => ({ ...iso(window), trigger: "schedule" })));
    expect((await newestRow("schedule/")) < endAt.toISOString()).toBe(true);
    expect(await newestRow("schedule/")).not.toBe("");
  });

  it("by a firing that comes all the same, nor by a retry once the end date has moved", async () => {
    const exported = await endingExport("late/", false);
    await setBack(exported, hour(3).end);
    expect(await startRun(deps(), { exportId: exported.id }, `late-${exported.id}`)).toBeNull();
    expect(await runsOf(exported)).toEqual([]);
    const run = await completeWindow(project, exported.id, hour(4));
    await expect(retryRun(project.actor, { id: run.id })).rejects.toMatchObject({ code: "past_end_date" });
  });
});
