import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { createConnectionSchema } from "@/lib/schemas/connection";
import { createExportSchema } from "@/lib/schemas/export";
import type { Run } from "@/lib/schemas/run";
import type { Actor } from "@/lib/services/access/actor";
import { createConnection } from "@/lib/services/connections/create";
import { verifyConnection } from "@/lib/services/connections/verify";
import { createExport } from "@/lib/services/exports/create";
import { createHistoricExport } from "@/lib/services/historic-exports/create";
import { getRun } from "@/lib/services/runs/get";
import { listRuns } from "@/lib/services/runs/list";
import { retryRun } from "@/lib/services/runs/retry";
import type { Stack } from "../local/stack";
import type { Case, S3Case } from "./cases";
import { databaseOf, OURS } from "./plain-copy";
import { day } from "./rows";

/** Creates a daily export for a case and runs its day once as a warm-up. Returns that run. */
export async function prepareExport(actor: Actor, projectId: string, stack: Stack, it: Case): Promise<Run> {
  const config = it.type === "s3" ? bucketOf(stack.stack.s3) : await databaseOf(stack.env.DATABASE_URL ?? "");
  const wanted = createConnectionSchema.parse({ type: it.type, name: it.name, config });
  const connection = await createConnection(actor, { projectId, ...wanted });
  await verifyConnection(actor, { id: connection.id });
  const input = createExportSchema.parse({
    name: it.name,
    connectionId: connection.id,
    destination: it.type === "s3" ? ownPrefix(it) : { type: it.type, table: OURS },
    schedule: { every: "day" },
    paused: true,
  });
  const { id } = await createExport(actor, { projectId, ...input });
  const range = { start: day.start.toISOString(), end: day.end.toISOString() };
  await createHistoricExport(actor, { exportId: id, ...range });
  return firstRun(actor, id);
}

/** Waits for an export's first run to finish. */
export async function firstRun(actor: Actor, exportId: string): Promise<Run> {
  for (;;) {
    const [run] = (await listRuns(actor, { exportId, limit: 1 })).items;
    if (run) return finished(actor, run.id);
    await delay(100);
  }
}

export function bucketOf({ bucket, region, endpoint, accessKeyId, secretAccessKey }: Stack["stack"]["s3"]) {
  return { bucket, region, endpoint, accessKeyId, secretAccessKey, forcePathStyle: true };
}

/** The ledger of earlier benches remains, and no two exports may write the same keys. */
const ownPrefix = ({ destination }: S3Case) => ({ type: "s3", prefix: `bench/${randomUUID()}/`, ...destination });

/** Runs the day again: plan, files, receipt, manifest. Returns the finished run. */
export async function runAgain(actor: Actor, runId: string): Promise<Run> {
  return finished(actor, (await retryRun(actor, { id: runId })).id);
}

/** Seconds from the request to the committed manifest, from the ledger: the user's whole wait. */
export const secondsOf = ({ createdAt, finishedAt }: Run) =>
  (Date.parse(finishedAt ?? "") - Date.parse(createdAt)) / 1000;

async function finished(actor: Actor, id: string): Promise<Run> {
  for (;;) {
    const run = await getRun(actor, { id });
    if (run.state === "Completed") return run;
    if (run.state === "Failed" || run.state === "Cancelled")
      throw new Error(`The run ended ${run.state}: ${run.error?.message}`);
    await delay(100);
  }
}
