import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getTemporal } from "@/lib/temporal/client";
import { reconcileId, runWorkflowId } from "@/lib/temporal/contract";
import { describeSchedule } from "@/lib/temporal/schedules";
import { takeOwnDatabase } from "@/testing/database/own-database";
import { storage } from "@/testing/runs/bucket";
import { connect, makeExport, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { isLong } from "@/testing/runs/is-long";
import { OwnTemporal } from "@/testing/runs/own-temporal";
import { openProject, type TestProject } from "@/testing/runs/project";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";
import { windowSteps } from "@/testing/runs/window-steps";
import { runCommand } from "@/testing/stack/run-command";
import { spawnWorker } from "@/testing/stack/spawn-worker";

const LONG = 150;

let project: TestProject;
let temporal: OwnTemporal;
let proxy: TcpProxy;
let dropDatabase: () => Promise<void>;
const { fill } = windowSteps(() => project);

beforeAll(async () => {
  temporal = await OwnTemporal.start();
  process.env.TEMPORAL_ADDRESS = temporal.address;
  process.env.TEMPORAL_TASK_QUEUE = `test-${randomUUID()}`;
  dropDatabase = await takeOwnDatabase();
  project = await openProject();
  proxy = await TcpProxy.open(storage().endpoint);
}, 240_000);

afterAll(async () => {
  proxy.cut();
  await project.close();
  await dropDatabase();
  await temporal.stop();
});

const environment = () => ({
  TEMPORAL_ADDRESS: temporal.address,
  TEMPORAL_TASK_QUEUE: process.env.TEMPORAL_TASK_QUEUE ?? "",
  DATABASE_URL: process.env.DATABASE_URL ?? "",
});

/** When a schedule was made. */
const madeAt = async (id: string) => (await getTemporal().schedule.getHandle(id).describe()).info.createdAt.getTime();

describe("a worker whose encryption keys are other ones than before", () => {
  // Waits for reconciliation, which runs once a minute.
  it.runIf(isLong)(
    "does not start, until an operator says that the earlier ones are lost; then it goes on",
    async () => {
      const connection = await connect(project, { endpoint: proxy.endpoint });
      await fill(pastHour(2), 3);
      const exported = await makeExport(project, { connectionId: connection.id, paused: false });
      const first = await spawnWorker(environment());
      await until("it had its schedules", () => describeSchedule(getTemporal(), reconcileId("sweep")), LONG);
      proxy.holdAfter(0);
      const run = await startWindow(project, exported.id, pastHour(2), process.env.TEMPORAL_TASK_QUEUE);
      await runWhen(project, run, ({ state }) => state === "Running");
      await first.stop("SIGKILL");
      const before = await madeAt(exported.id);

      // The same name, with other bytes: as if somebody had made a new first key.
      const [id] = (process.env.ENCRYPTION_KEYS ?? "").split(":");
      const log = join(process.env.PENSTOCK_LOG_DIR ?? "", `worker-${randomUUID()}.log`);
      const keys = `${id}:${randomBytes(32).toString("base64")}`;
      const env = { ...environment(), ENCRYPTION_KEYS: keys };
      const refused = await spawnWorker(env, log);
      expect((await refused.exited).code).toBe(1);
      const said = readFileSync(log, "utf8");
      expect(said).toContain("ENCRYPTION_KEYS can't decrypt anything that is stored.");
      expect(said).toContain(`connections under the key ${id}: 1 (enter their secrets again)`);
      // A mistaken key ends nothing.
      expect((await getTemporal().workflow.getHandle(runWorkflowId(run)).describe()).status.name).toBe("RUNNING");

      const { code, output } = await runCommand("npm", ["run", "rotate-keys", "--", "--keys-are-lost"], { env });
      expect(code, output).toBe(0);
      expect(output).toMatch(/Ended \d+ workflows and removed \d+ schedules that can't be decrypted\./);
      expect((await getTemporal().workflow.getHandle(runWorkflowId(run)).describe()).status.name).toBe("TERMINATED");
      const second = await spawnWorker(env);
      try {
        // Only reconciliation does this: its own schedules can be read again.
        await runWhen(project, run, ({ state }) => state === "Failed", LONG);
        const known = await until(
          "the schedule was made again",
          () => describeSchedule(getTemporal(), exported.id),
          LONG,
        );
        expect(known.madeFrom, "encrypted with the new key").toBeNull();
        expect(await madeAtRaw(exported.id)).toBeGreaterThan(before);
      } finally {
        await second.stop();
      }
    },
    400_000,
  );
});

/** The same for one that was encrypted with another key. */
async function madeAtRaw(scheduleId: string): Promise<number> {
  const namespace = process.env.TEMPORAL_NAMESPACE ?? "default";
  const { info } = await getTemporal().workflowService.describeSchedule({ namespace, scheduleId });
  return Number(info?.createTime?.seconds ?? 0) * 1000;
}
