import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { exports } from "@/lib/db/schema";
import { getTemporal } from "@/lib/temporal/client";
import { runWorkflowId } from "@/lib/temporal/contract";
import { MINUTE } from "@/lib/units";
import { resetSource, setSource } from "@/testing/api/rest";
import { deps } from "@/testing/runs/deps";
import { makeExport, startWindow } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { planRun } from "@/worker/steps/plan/plan-run";
import { startRun } from "@/worker/steps/start/start-run";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterEach(() => resetSource());
afterAll(() => project.close());

/** A window that ended this long ago, in ms. */
const endedBefore = (ms: number) => {
  const end = new Date(Date.now() - ms);
  return { start: new Date(end.getTime() - 5 * MINUTE), end };
};

/** A run of a window on a queue without a worker: the test takes the steps. */
async function runOf(settleSeconds: number | null, ended: number) {
  const exported = await makeExport(project, { schedule: { every: "5m" } });
  await getDb().update(exports).set({ settleSeconds }).where(eq(exports.id, exported.id));
  const runId = await startWindow(project, exported.id, endedBefore(ended), `test-${randomUUID()}`);
  return { exportId: exported.id, runId };
}

describe("a run waits for its window to settle", () => {
  it.each([
    ["the source", null, 3600, 10 * MINUTE, 50 * MINUTE],
    ["its export, before the source", 1200, 3600, 10 * MINUTE, 10 * MINUTE],
    ["its export, though it is shorter", 0, 3600, 10 * MINUTE, 0],
  ])("as long as %s says", async (_, own, sources, ended, wait) => {
    await setSource({ settleSeconds: sources });
    const { runId, exportId } = await runOf(own, ended);
    const started = await startRun(deps(), { exportId, runId }, runWorkflowId(runId));
    expect(started?.waitMs).toBeGreaterThan(wait - MINUTE);
    expect(started?.waitMs).toBeLessThanOrEqual(wait);
    const planned = planRun(deps(), runId, { attempt: 1, signal: AbortSignal.timeout(60_000) });
    if (wait > 0)
      await expect(planned).rejects.toMatchObject({
        failure: { code: "not_settled", retryable: true, message: expect.stringContaining("ClickHouse's clock") },
      });
    else expect((await planned).planVersion).toBe(1);
    await getTemporal().workflow.getHandle(runWorkflowId(runId)).terminate();
  });
});
