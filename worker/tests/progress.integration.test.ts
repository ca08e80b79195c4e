import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { runFiles } from "@/lib/db/schema";
import { getProgress } from "@/lib/services/progress";
import { getTimeline } from "@/lib/services/runs";
import { MIB } from "@/lib/units";
import { EventStream } from "@/testing/api/event-stream";
import { testStack } from "@/testing/api/stack";
import { makeKey } from "@/testing/api/tenant";
import { fillWindow } from "@/testing/runs/events";
import { pastHour } from "@/testing/runs/exports";
import { Interrupted } from "@/testing/runs/interrupted";
import { openProject, type TestProject } from "@/testing/runs/project";
import { until } from "@/testing/runs/until";
import { spawnWorker } from "@/testing/stack/spawn-worker";

const ROWS = 4000;
const WINDOW = pastHour(1);

let project: TestProject;
let key: string;
beforeAll(async () => {
  project = await openProject();
  await fillWindow(project.sourceProjectId, WINDOW, { rows: ROWS, bytes: 16_000 });
  key = await makeKey({ organizationId: project.actor.organizationId, projectId: project.actor.projectIds[0]! });
});
afterAll(() => project.close());

const watch = (exportId: string) =>
  EventStream.open(`${testStack().web}/api/exports/${exportId}/progress/stream`, { authorization: `Bearer ${key}` });

const progressOf = async (exportId: string) => (await getProgress(project.actor, { id: exportId })).runs[0];

describe.concurrent("a run whose upload is slow", () => {
  it("is followed from its plan to its end", async () => {
    const file = await Interrupted.open(project, { compression: "none" });
    await file.start(WINDOW);
    const stream = await watch(file.exportId);
    file.line.holdAfter(20 * MIB);
    const worker = await spawnWorker({ TEMPORAL_TASK_QUEUE: file.taskQueue });
    try {
      const half = await stream.until(({ runs: [run] }) => (run?.writing[0]?.rows ?? 0) > 0, 90);
      const [run] = half.runs;
      expect(run).toMatchObject({ runId: file.runId, state: "Running", files: 1, filesDone: 0, expectedRows: ROWS });
      expect(run?.rows).toBeGreaterThan(0);
      expect(run?.rows).toBeLessThan(ROWS);
      expect(run?.bytes).toBeGreaterThan(MIB);
      expect(run?.rowsPerSecond).not.toBeNull();
      expect(run?.writing).toMatchObject([{ index: 0, attempt: 1, expectedRows: ROWS, rows: run?.rows }]);
      // A standstill has no end in sight.
      const stalled = await stream.until(({ runs: [found] }) => found?.rowsPerSecond === 0, 90);
      expect(stalled.runs[0]?.secondsLeft).toBeNull();
      file.line.release();
      await stream.until(({ activeRuns }) => activeRuns === 0, 90);
      expect(await stream.ended).toEqual({ reason: "idle" });
    } finally {
      await worker.stop();
    }
    await file.close();
  });

  it("shows each attempt at its file", async () => {
    const file = await Interrupted.open(project, { compression: "none" });
    await file.start(WINDOW);
    await file.interrupt("SIGTERM");
    await file.interrupt("SIGKILL");
    await file.complete();
    const timeline = await getTimeline(project.actor, { id: file.runId });
    expect(timeline.files).toHaveLength(1);
    expect(timeline.files[0]?.attempts).toMatchObject([
      { attempt: 1, outcome: "failed", code: "worker_shutdown" },
      { attempt: 2, outcome: "lost", endedAt: null, code: "worker_lost" },
      { attempt: 3, outcome: "completed", code: null },
    ]);
    const { attempts } = timeline.files[0]!;
    const times = [
      timeline.createdAt,
      timeline.startedAt,
      timeline.plannedAt,
      attempts[0]?.startedAt,
      attempts[0]?.endedAt,
      attempts[1]?.startedAt,
      attempts[2]?.startedAt,
      attempts[2]?.endedAt,
      timeline.finishedAt,
    ].map((time) => Date.parse(time ?? ""));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    await file.close();
  });

  it("starts from zero with the next attempt, and a late statement about the last one changes nothing", async () => {
    const file = await Interrupted.open(project, { compression: "none" });
    await file.start(WINDOW);
    file.line.holdAfter(20 * MIB);
    const worker = await spawnWorker({ TEMPORAL_TASK_QUEUE: file.taskQueue });
    try {
      await until("progress was recorded", async () => ((await progressOf(file.exportId))?.rows ?? 0) > 0, 60);
    } finally {
      await worker.stop("SIGKILL");
    }
    file.line.holdAfter(0);
    const next = await spawnWorker({ TEMPORAL_TASK_QUEUE: file.taskQueue });
    try {
      const attempt = async () => (await progressOf(file.exportId))?.writing[0];
      await until("another attempt began", async () => ((await attempt())?.attempt ?? 0) > 1, 90);
      const [row] = await getDb().select().from(runFiles).where(eq(runFiles.runId, file.runId));
      expect(row).toMatchObject({ attempt: 2, tries: [{ attempt: 1, code: "worker_lost", endedAt: null }] });
    } finally {
      await next.stop();
    }
    await file.complete();
    await file.close();
  });
});
