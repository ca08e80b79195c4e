import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { eq, inArray } from "drizzle-orm";
import pMap from "p-map";
import { getDb } from "@/lib/db/client";
import { exports, historicExports, rests, runs } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import { createConnectionSchema } from "@/lib/schemas/connection";
import { createExportSchema } from "@/lib/schemas/export";
import type { Actor } from "@/lib/services/access/actor";
import { createConnection } from "@/lib/services/connections/create";
import { verifyConnection } from "@/lib/services/connections/verify";
import { createExport } from "@/lib/services/exports/create";
import { startHistoric } from "@/lib/services/historic-exports/create";
import { getTemporal } from "@/lib/temporal/client";
import { workflowTypeOf } from "@/lib/temporal/contract";
import { HOUR } from "@/lib/units";
import type { BenchStack } from "./bench-stack";
import { type Cost, measure } from "./measure";

const LANES = 20;

export const lastHour = () => Math.floor(Date.now() / HOUR) * HOUR;

/** A verified connection to the stack's bucket. */
export async function connect({ actor, stack }: BenchStack): Promise<string> {
  const [projectId = ""] = actor.projectIds;
  const { bucket, region, endpoint, accessKeyId, secretAccessKey } = stack.stack.s3;
  const config = { bucket, region, endpoint, accessKeyId, secretAccessKey, forcePathStyle: true };
  const wanted = createConnectionSchema.parse({ type: "s3", name: `many ${randomUUID()}`, config });
  const { id } = await createConnection(actor, { projectId, ...wanted });
  const { ok, steps } = await verifyConnection(actor, { id });
  if (!ok) throw new Error(JSON.stringify(steps));
  return id;
}

/** A paused hourly export to its own folder. */
export function makeExport(actor: Actor, connectionId: string) {
  const [projectId = ""] = actor.projectIds;
  const destination = { type: "s3", prefix: `bench/${randomUUID()}/` };
  const input = { name: "many", connectionId, destination, schedule: { every: "hour" }, paused: true };
  return createExport(actor, { projectId, ...createExportSchema.parse(input) });
}

/** Creates this many of them. */
export const makeExports = (actor: Actor, connectionId: string, count: number): Promise<string[]> =>
  pMap(Array.from({ length: count }), async () => (await makeExport(actor, connectionId)).id, { concurrency: LANES });

/** Waits until `wanted` runs of the exports are committed. Returns the seconds since `from`. */
async function committed(exportIds: string[], wanted: number, from: number): Promise<number> {
  for (;;) {
    const rows = await getDb().select({ state: runs.state }).from(runs).where(inArray(runs.exportId, exportIds));
    if (rows.some(({ state }) => state === "Failed")) throw new Error("A run failed.");
    if (rows.filter(({ state }) => state === "Completed").length >= wanted) return (Date.now() - from) / 1000;
    await pause(250);
  }
}

/** Starts the newest due hour of each export at once, and waits until all are committed. */
export async function runDue({ processes }: BenchStack, ids: string[]): Promise<Cost> {
  await getDb().delete(rests).where(inArray(rests.exportId, ids));
  const dueFrom = new Date(lastHour() - HOUR);
  await getDb().update(exports).set({ paused: false, dueFrom }).where(inArray(exports.id, ids));
  const { TEMPORAL_TASK_QUEUE: taskQueue } = getEnv();
  const cost = await measure(processes, async () => {
    const from = Date.now();
    await pMap(
      ids,
      async (exportId) => {
        const workflowId = `bench-${randomUUID()}`;
        await getTemporal().workflow.start(workflowTypeOf("s3"), { workflowId, taskQueue, args: [{ exportId }] });
      },
      { concurrency: LANES },
    );
    return committed(ids, ids.length, from);
  });
  await getDb().update(exports).set({ paused: true }).where(inArray(exports.id, ids));
  return cost;
}

/** Exports the last hours in one historic export, and waits until it has ended. */
export async function runHistoric({ actor, processes }: BenchStack, id: string, hours: number): Promise<Cost> {
  const [row] = await getDb().select().from(exports).where(eq(exports.id, id));
  const range = { start: new Date(lastHour() - hours * HOUR), end: new Date(lastHour()), windows: hours };
  return measure(processes, async () => {
    const from = Date.now();
    const { id: historicId } = await startHistoric(actor, row!, range);
    const seconds = await committed([id], hours, from);
    for (;;) {
      const [ended] = await getDb().select().from(historicExports).where(eq(historicExports.id, historicId));
      if (ended?.finishedAt) return seconds;
      await pause(250);
    }
  });
}
