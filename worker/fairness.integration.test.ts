import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { runFiles } from "@/lib/db/schema";
import { makeTenant } from "@/lib/services/testing/tenant";
import { getTemporal } from "@/lib/temporal/client";
import { runWorkflowId } from "@/lib/temporal/contract";
import { storage } from "./testing/bucket";
import { fillWindow } from "./testing/events";
import { connect, makeExport, pastHour, runWhen, startWindow } from "./testing/exports";
import { openProject, type TestProject } from "./testing/project";
import { TcpProxy } from "./testing/tcp-proxy";
import { until } from "./testing/until";

const MIB = 1024 * 1024;
/** Files that a worker exports at once. */
const SLOTS = 4;
const HOURS = [1, 2, 3, 4, 5, 6];

let busy: TestProject;
let other: TestProject;
beforeAll(async () => {
  [busy, other] = [await openProject(), await openProject(await makeTenant())];
  for (const back of HOURS) await fillWindow(busy.sourceProjectId, pastHour(back), { rows: 1500, bytes: 16_000 });
  await fillWindow(other.sourceProjectId, pastHour(1), { rows: 10, bytes: 100 });
});
afterAll(async () => {
  await busy.close();
  await other.close();
});

it("an organization's run waits for one file of another's, not for all that wait before it", async () => {
  const proxy = await TcpProxy.open(storage().endpoint);
  proxy.holdAfter(4 * MIB);
  const { id: connectionId } = await connect(busy, { endpoint: proxy.endpoint });
  const destination = { compression: "none" as const, maxFileSizeMb: 8, prefix: "busy/" };
  const exported = await makeExport(busy, { connectionId, destination });
  // Six runs of three files, all of which are asked for at once: four stand still, fourteen wait.
  const ids = await Promise.all(HOURS.map((back) => startWindow(busy, exported.id, pastHour(back))));
  await until("all slots were taken", async () => (await running(ids)) === SLOTS && proxy.isFull);
  const small = await makeExport(other, { destination: { prefix: "small/" } });
  const id = await startWindow(other, small.id, pastHour(1));
  await until("the small run's file waited for a slot", async () => {
    const { raw } = await getTemporal().workflow.getHandle(runWorkflowId(id)).describe();
    return raw.pendingActivities?.some(({ activityType }) => activityType?.name === "exportFile") ?? false;
  });
  proxy.release();
  await runWhen(other, id, ({ state }) => state === "Completed");
  for (const run of ids) await runWhen(busy, run, ({ state }) => state === "Completed");
  proxy.cut();
  const [[mine], theirs] = [await filesOf([id]), await filesOf(ids)];
  const first = theirs.filter(({ startedAt }) => startedAt! < mine!.startedAt!);
  // Each slot had one, and may have been given the next by then.
  expect(theirs).toHaveLength(HOURS.length * 3);
  expect(first.length).toBeLessThanOrEqual(2 * SLOTS);
});

const filesOf = async (ids: string[]) =>
  (await Promise.all(ids.map((id) => getDb().select().from(runFiles).where(eq(runFiles.runId, id))))).flat();

const running = async (ids: string[]) => (await filesOf(ids)).filter(({ state }) => state === "Running").length;
