import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { exports, runs } from "@/lib/db/schema";
import type { S3Destination, S3DestinationInput } from "@/lib/destinations/s3/settings";
import { createConnectionSchema } from "@/lib/schemas/connection";
import { type CreateExportInput, createExportSchema, type Export } from "@/lib/schemas/export";
import type { Run } from "@/lib/schemas/run";
import { createConnection } from "@/lib/services/connections/create";
import { createExport } from "@/lib/services/exports/create";
import { getRun } from "@/lib/services/runs/get";
import { getTemporal } from "@/lib/temporal/client";
import { type ExportRunInput, priorityOf, runWorkflowId, workflowTypeOf } from "@/lib/temporal/contract";
import { HOUR } from "@/lib/units";
import type { Window } from "@/lib/windows";
import { markVerified } from "@/testing/api/verified";
import { storage } from "./bucket";
import { insertRun } from "./insert-run";
import type { TestProject } from "./project";
import { until } from "./until";

/** The current hour as a test file starts. Fixed, so that a window stays the same while the clock passes a full hour. */
const THIS_HOUR = Math.floor(Date.now() / HOUR) * HOUR;

/** The hour that ended `back` hours before the current one began; 0 is the newest whole hour. */
export function pastHour(back: number, hours = 1): Window {
  const end = THIS_HOUR - back * HOUR;
  return { start: new Date(end - hours * HOUR), end: new Date(end) };
}

/** Creates a connection to the project's bucket, with the given overrides, and marks it verified. */
export async function connect(
  project: TestProject,
  config: Partial<ReturnType<typeof storage>> & { bucket?: string } = {},
) {
  const input = createConnectionSchema.parse({
    type: "s3",
    name: "Test bucket",
    config: { bucket: project.bucket.name, forcePathStyle: true, ...storage(), ...config },
  });
  const connection = await createConnection(project.actor, { ...input, projectId: project.id });
  await markVerified(connection.id);
  return connection;
}

/** An export into a bucket. */
export type S3Export = Export & { destination: S3Destination };

/** Creates an hourly export to its own folder, paused so that only the test starts runs. */
export async function makeExport(
  project: TestProject,
  values: Omit<Partial<CreateExportInput>, "destination"> & {
    destination?: Partial<S3DestinationInput>;
  } = {},
): Promise<S3Export> {
  const connectionId = values.connectionId ?? (await connect(project)).id;
  const input = createExportSchema.parse({
    name: "Test",
    schedule: { every: "hour" },
    paused: true,
    ...values,
    connectionId,
    destination: { type: "s3", prefix: `${randomUUID()}/`, ...values.destination },
  });
  return createExport(project.actor, { ...input, projectId: project.id }) as Promise<S3Export>;
}

/** Starts a run of one window, optionally on a given task queue and with a given id; returns its id. */
export async function startWindow(
  project: TestProject,
  exportId: string,
  window: Window,
  taskQueue = process.env.TEMPORAL_TASK_QUEUE ?? "penstock",
  id: string = randomUUID(),
): Promise<string> {
  const workflowId = runWorkflowId(id);
  await insertRun(project, exportId, window, { id, workflowId });
  const input: ExportRunInput = { exportId, runId: id };
  const priority = priorityOf({ organizationId: project.actor.organizationId, isHistoric: false });
  const type = await workflowTypeFor(exportId);
  await getTemporal().workflow.start(type, { workflowId, taskQueue, args: [input], priority });
  return id;
}

async function workflowTypeFor(exportId: string) {
  const [exported] = await getDb().select().from(exports).where(eq(exports.id, exportId));
  return workflowTypeOf(exported?.destination.type ?? "s3");
}

const ENDED = ["Completed", "Failed", "Cancelled"];

/** Waits until a run has ended or matches `wanted`. A run that ends otherwise is an error that shows it. */
export async function runWhen(
  project: TestProject,
  id: string,
  wanted: (run: Run) => boolean,
  seconds = 60,
): Promise<Run> {
  return until(
    "the run looked as wanted",
    async () => {
      const run = await getRun(project.actor, { id });
      if (wanted(run)) return run;
      if (ENDED.includes(run.state)) throw new Error(`The run has ended otherwise: ${JSON.stringify(run)}`);
      return null;
    },
    seconds,
  );
}

/** Waits until what earlier runs left in a committed run's window is removed. */
export const whenCleaned = (id: string): Promise<unknown> =>
  until("the window was clean", async () => {
    const [run] = await getDb().select({ at: runs.cleanedAt }).from(runs).where(eq(runs.id, id));
    return run?.at;
  });

/** Runs one window until it is Completed. */
export async function completeWindow(project: TestProject, exportId: string, window: Window): Promise<Run> {
  const id = await startWindow(project, exportId, window);
  return runWhen(project, id, ({ state }) => state === "Completed");
}
