import { defaultPayloadConverter } from "@temporalio/common";
import { afterAll, beforeAll, expect, it } from "vitest";
import { keyRing } from "@/lib/crypto/key-ring";
import { getEnv } from "@/lib/env";
import { retryRun } from "@/lib/services/runs/retry";
import { getTemporal } from "@/lib/temporal/client";
import { EncryptionCodec } from "@/lib/temporal/codec";
import { runWorkflowId } from "@/lib/temporal/contract";
import { fillWindow } from "@/testing/runs/events";
import { completeWindow, makeExport, pastHour, runWhen } from "@/testing/runs/exports";
import { rawHistory } from "@/testing/runs/histories";
import { openProject, type TestProject } from "@/testing/runs/project";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

/** A history's activity summaries, as Temporal's UI shows them to users who can decrypt them. */
async function summariesOf({ events }: Awaited<ReturnType<typeof rawHistory>>): Promise<unknown[]> {
  const { ENCRYPTION_KEYS, TEMPORAL_NAMESPACE } = getEnv();
  const codec = new EncryptionCodec(keyRing(ENCRYPTION_KEYS, "payloads"), TEMPORAL_NAMESPACE);
  const scheduled = events?.filter((event) => event.activityTaskScheduledEventAttributes) ?? [];
  return Promise.all(
    scheduled.map(async ({ userMetadata }) => {
      const [payload] = await codec.decode([userMetadata!.summary!]);
      return defaultPayloadConverter.fromPayload(payload!);
    }),
  );
}

it("a run's workflow and its steps say what they do", async () => {
  const window = pastHour(1);
  await fillWindow(project.sourceProjectId, window, { rows: 400, bytes: 8000 });
  const exported = await makeExport(project, { destination: { maxFileSizeMb: 1, compression: "none" } });
  const { id: first } = await completeWindow(project, exported.id, window);
  await fillWindow(project.sourceProjectId, window, { rows: 1, bytes: 1 });
  const { id } = await retryRun(project.actor, { id: first });
  await runWhen(project, id, ({ state }) => state === "Completed");
  const handle = getTemporal().workflow.getHandle(runWorkflowId(id));
  await handle.result();
  const described = await handle.describe();
  expect(await described.staticSummary()).toBe(`Window ${window.start.toISOString()} to ${window.end.toISOString()}`);
  const [start, ...more] = await summariesOf(await rawHistory(runWorkflowId(id), described.runId));
  expect(start).toBe("Start the window's run, and finish it if it is small");
  expect(more.toSorted()).toEqual([
    "Commit the window",
    "Export file 1",
    "Export file 2",
    "Export file 3",
    "Export file 4",
  ]);
});
