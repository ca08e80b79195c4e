import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { micros } from "@/lib/source/time";
import { getTemporal } from "@/lib/temporal/client";
import { runWorkflowId } from "@/lib/temporal/contract";
import { deps } from "@/testing/runs/deps";
import { eventRow, fillWindow, insertEvents } from "@/testing/runs/events";
import { makeExport, pastHour, startWindow } from "@/testing/runs/exports";
import { recordOf } from "@/testing/runs/ledger";
import { openProject, type TestProject } from "@/testing/runs/project";
import { sourceOwner } from "@/testing/runs/source-owner";
import { commitRun } from "@/worker/steps/commit/commit-run";
import { exportFile } from "@/worker/steps/files/export-file";
import { planRun } from "@/worker/steps/plan/plan-run";

const { signal } = new AbortController();
const tryOnce = { attempt: 1, signal };

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

describe("a file whose rows are no longer those of its plan", () => {
  it.each([
    ["that goes in one piece", 20, "gzip"],
    ["that goes in parts", 2000, "none"],
  ] as const)(
    "%s is not stored, and the run can't be committed until it is planned anew",
    async (_, rows, compression) => {
      const window = pastHour(compression === "gzip" ? 1 : 2);
      await fillWindow(project.sourceProjectId, window, { rows, bytes: 8000 });
      const exported = await makeExport(project, { destination: { compression, prefix: `${compression}/` } });
      // On a queue without a worker: the test takes the steps, one by one.
      const runId = await startWindow(project, exported.id, window, `test-${randomUUID()}`);
      const { planVersion } = await planRun(deps(), runId, tryOnce);
      await insertEvents(project.sourceProjectId, [eventRow(micros(window.start) + 5)]);
      await expect(exportFile(deps(), { runId, planVersion, index: 0 }, tryOnce)).rejects.toMatchObject({
        failure: { code: "plan_mismatch", retryable: true },
      });
      expect(await project.bucket.keys(`${compression}/`)).toEqual([]);
      expect(await project.bucket.openUploads()).toEqual([]);
      await expect(commitRun(deps(), runId, tryOnce.signal)).rejects.toMatchObject({ failure: { code: "not_ready" } });

      const fresh = await planRun(deps(), runId, tryOnce);
      expect(fresh.planVersion).toBe(planVersion + 1);
      await exportFile(deps(), { runId, planVersion: fresh.planVersion, index: 0 }, tryOnce);
      expect(await project.bucket.keys(`${compression}/`)).toHaveLength(1);
      await commitRun(deps(), runId, tryOnce.signal);
      expect(await project.bucket.keys(`${compression}/`)).toHaveLength(2);
      await getTemporal().workflow.getHandle(runWorkflowId(runId)).terminate();
    },
  );
});

describe("a window whose rows change once its files are stored", () => {
  it.each([
    ["a row more", (start: number) => insertEvents(project.sourceProjectId, [eventRow(start + 5)]), "21 rows"],
    ["another value in a row", (start: number) => changeRow(start), "but they differ from the plan"],
  ] as const)("is not committed as it was planned: %s", async (_, change, words) => {
    const window = pastHour(words === "21 rows" ? 3 : 4);
    await fillWindow(project.sourceProjectId, window, { rows: 20, bytes: 100 });
    const exported = await makeExport(project, { destination: { prefix: `late-${words.length}/` } });
    const runId = await startWindow(project, exported.id, window, `test-${randomUUID()}`);
    const { planVersion } = await planRun(deps(), runId, tryOnce);
    await exportFile(deps(), { runId, planVersion, index: 0 }, tryOnce);
    await change(micros(window.start));
    const refused = await commitRun(deps(), runId, tryOnce.signal).catch((error: Error) => error);
    expect(refused).toMatchObject({ failure: { code: "plan_mismatch", message: expect.stringContaining(words) } });
    expect(await project.bucket.keys(`late-${words.length}/`)).toHaveLength(1);

    const fresh = await planRun(deps(), runId, tryOnce);
    await exportFile(deps(), { runId, planVersion: fresh.planVersion, index: 0 }, tryOnce);
    await commitRun(deps(), runId, tryOnce.signal);
    const run = await recordOf(runId);
    expect(run.receipt?.source).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+/),
      host: expect.any(String),
    });
    expect(Math.abs(Date.now() - Date.parse(run.receipt?.source.askedAt ?? ""))).toBeLessThan(60_000);
    await getTemporal().workflow.getHandle(runWorkflowId(runId)).terminate();
  });
});

async function changeRow(start: number): Promise<void> {
  const time = `fromUnixTimestamp64Micro(${start}, 'UTC')`;
  await sourceOwner().command({
    query: `ALTER TABLE events UPDATE ip = '1.1.1.1' WHERE project_id = ${project.sourceProjectId} AND inserted_at >= ${time} AND inserted_at < ${time} + INTERVAL 1 HOUR`,
    clickhouse_settings: { mutations_sync: "2" },
  });
}
