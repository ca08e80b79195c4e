import { fileURLToPath } from "node:url";
import { DefaultLogger, Runtime, Worker } from "@temporalio/worker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyRing } from "@/lib/crypto/key-ring";
import { getEnv } from "@/lib/env";
import { createHistoricExport } from "@/lib/services/historic-exports/create";
import { micros } from "@/lib/source/time";
import { getTemporal } from "@/lib/temporal/client";
import { EncryptionCodec } from "@/lib/temporal/codec";
import { dataConverter } from "@/lib/temporal/connection";
import { historicWorkflowId, runWorkflowId } from "@/lib/temporal/contract";
import { storage } from "@/testing/runs/bucket";
import { eventRow, fillWindow, insertEvents } from "@/testing/runs/events";
import { connect, makeExport, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { rawHistory } from "@/testing/runs/histories";
import { openProject, type TestProject } from "@/testing/runs/project";
import { record } from "@/testing/runs/recorded";
import { TcpProxy } from "@/testing/runs/tcp-proxy";

let project: TestProject;
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger("ERROR"), telemetryOptions: { logging: { filter: "OFF" } } });
  project = await openProject();
});
afterAll(() => project.close());

type History = Awaited<ReturnType<typeof rawHistory>>;

function replay(history: History, workflowId: string): Promise<void> {
  const workflowsPath = fileURLToPath(new URL("../workflows/index.ts", import.meta.url));
  return Worker.runReplayHistory({ workflowsPath, dataConverter: dataConverter(getEnv()) }, history, workflowId);
}

/** Replays the history of a workflow that just ended; saves it as a fixture if requested. */
async function replayEnded(name: string, workflowId: string) {
  const handle = getTemporal().workflow.getHandle(workflowId);
  await handle.result();
  const { runId } = await handle.describe();
  const history = await rawHistory(workflowId, runId);
  await replay(history, workflowId);
  if (process.env.RECORD_HISTORIES)
    await record(
      name,
      { workflowId, history },
      new EncryptionCodec(keyRing(getEnv().ENCRYPTION_KEYS, "payloads"), getEnv().TEMPORAL_NAMESPACE),
    );
}

describe("a workflow that has just ended replays", () => {
  it("a run with failed tries and two plans", async () => {
    const window = pastHour(1);
    await fillWindow(project.sourceProjectId, window, { rows: 400, bytes: 4000 });
    const proxy = await TcpProxy.open(storage().endpoint);
    proxy.cut();
    const { id: connectionId } = await connect(project, { endpoint: proxy.endpoint });
    const destination = { maxFileSizeMb: 1, compression: "none" as const };
    const exported = await makeExport(project, { connectionId, destination });
    const id = await startWindow(project, exported.id, window);
    await runWhen(project, id, ({ error }) => error?.code === "unreachable");
    await insertEvents(project.sourceProjectId, [eventRow(micros(window.start) + 5)]);
    await proxy.restore();
    await replayEnded("s3-export", runWorkflowId(id));
    expect((await runWhen(project, id, () => true)).state).toBe("Completed");
    proxy.cut();
  });

  it("but not as a type that no workflow has", async () => {
    const exported = await makeExport(project);
    const id = await startWindow(project, exported.id, pastHour(3));
    await runWhen(project, id, ({ state }) => state === "Completed");
    const handle = getTemporal().workflow.getHandle(runWorkflowId(id));
    await handle.result();
    const history = await rawHistory(runWorkflowId(id), (await handle.describe()).runId);
    const type = history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType;
    expect(type?.name).toBe("s3-export");
    Object.assign(type ?? {}, { name: "s3-exports" });
    await expect(replay(history, runWorkflowId(id))).rejects.toThrow("doesn't know the workflow type s3-exports");
  });

  it("a historic export", async () => {
    const exported = await makeExport(project);
    const [start, end] = [pastHour(2).start.toISOString(), pastHour(1).end.toISOString()];
    const { id } = await createHistoricExport(project.actor, { exportId: exported.id, start, end });
    await expect(replayEnded("historic-export", historicWorkflowId(id))).resolves.toBeUndefined();
  });
});
