import { fileURLToPath } from "node:url";
import { DefaultLogger, Runtime, Worker } from "@temporalio/worker";
import { DeterminismViolationError } from "@temporalio/workflow";
import { beforeAll, describe, expect, it } from "vitest";
import { recorded, testCodec } from "@/testing/runs/recorded";

/**
 * Recorded workflows must replay the same way: those running during an update of Penstock continue by replay. If a
 * workflow change breaks this on purpose, record again: RECORD_HISTORIES=1 npm test.
 */
const replay = ({ workflowId, history }: ReturnType<typeof recorded>) =>
  Worker.runReplayHistory(
    {
      workflowsPath: fileURLToPath(new URL("index.ts", import.meta.url)),
      dataConverter: { payloadCodecs: [testCodec] },
    },
    history,
    workflowId,
  );

beforeAll(() =>
  Runtime.install({ logger: new DefaultLogger("ERROR"), telemetryOptions: { logging: { filter: "OFF" } } }),
);

describe("recorded histories", () => {
  // The two of earlier versions, which took every step alone, are never recorded again.
  it.each(["s3-export", "s3-export-in-steps", "historic-export", "historic-export-in-batches"])(
    "of %s replay with today's workflows",
    async (name) => {
      await expect(replay(recorded(name))).resolves.toBeUndefined();
    },
    60_000,
  );

  it("don't replay with workflows that do something else", async () => {
    const { workflowId, history } = recorded("s3-export-in-steps");
    const names = (history.events ?? []).map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name);
    expect(names).toEqual(expect.arrayContaining(["startRun", "planRun", "exportFile", "commitRun"]));
    for (const event of history.events ?? []) {
      const type = event.activityTaskScheduledEventAttributes?.activityType;
      if (type?.name === "commitRun") type.name = "planRun";
    }
    await expect(replay({ workflowId, history })).rejects.toThrow(DeterminismViolationError);
  }, 60_000);
});
