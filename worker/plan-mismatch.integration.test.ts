import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commitRun } from "@/lib/services/run-engine/commit-run";
import { exportFile } from "@/lib/services/run-engine/export-file";
import { planRun } from "@/lib/services/run-engine/plan-run";
import { micros } from "@/lib/source/time";
import { getTemporal } from "@/lib/temporal/client";
import { runWorkflowId } from "@/lib/temporal/contract";
import { eventRow, fillWindow, insertEvents } from "./testing/events";
import { makeExport, pastHour, startWindow } from "./testing/exports";
import { openProject, type TestProject } from "./testing/project";

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
      // On a queue without a worker: the steps are done here, one by one.
      const runId = await startWindow(project, exported.id, window, `test-${randomUUID()}`);
      const { planVersion } = await planRun(runId, tryOnce);
      await insertEvents(project.sourceProjectId, [eventRow(micros(window.start) + 5)]);
      await expect(exportFile({ runId, planVersion, index: 0 }, tryOnce)).rejects.toMatchObject({
        failure: { code: "plan_mismatch", retryable: true },
      });
      expect(await project.bucket.keys(`${compression}/`)).toEqual([]);
      expect(await project.bucket.openUploads()).toEqual([]);
      await expect(commitRun(runId)).rejects.toMatchObject({ failure: { code: "not_ready" } });

      const fresh = await planRun(runId, tryOnce);
      expect(fresh.planVersion).toBe(planVersion + 1);
      await exportFile({ runId, planVersion: fresh.planVersion, index: 0 }, tryOnce);
      expect(await project.bucket.keys(`${compression}/`)).toHaveLength(1);
      await commitRun(runId);
      expect(await project.bucket.keys(`${compression}/`)).toHaveLength(2);
      await getTemporal().workflow.getHandle(runWorkflowId(runId)).terminate();
    },
  );
});
