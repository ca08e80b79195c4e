import { randomUUID } from "node:crypto";
import { ScheduleNotFoundError } from "@temporalio/client";
import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { monthOf } from "@/lib/db/month";
import { historicExports, objectKeys, runFiles, runLogs, runs } from "@/lib/db/schema";
import * as operations from "@/lib/openapi/operations";
import type { Connection } from "@/lib/schemas/connection";
import type { CreateExportInput, Export } from "@/lib/schemas/export";
import { newRun } from "@/lib/services/ledger/new-run";
import { getTemporal } from "@/lib/temporal/client";
import { call } from "./call";
import { testStack } from "./stack";
import type { Tenant } from "./tenant";
import { markVerified } from "./verified";

/** A request for a connection to the test stack's bucket. */
export function connectionBody(name = "Test bucket") {
  return { type: "s3" as const, name, config: { ...testStack().s3, forcePathStyle: true } };
}

/** A newly saved connection of the tenant. */
export async function makeUnverified({ projectId, key }: Tenant, config: object = {}): Promise<Connection> {
  const made = connectionBody();
  const body = { ...made, config: { ...made.config, ...config } };
  return (await call(operations.createConnection, { key, params: { projectId }, body })).body;
}

/** A connection of the tenant marked as verified. */
export async function makeConnection(tenant: Tenant, config: object = {}): Promise<Connection> {
  const made = await makeUnverified(tenant, config);
  await markVerified(made.id);
  return made;
}

/** An export of the tenant, paused by default so that nothing runs automatically. */
export async function makeExport(
  { projectId, key }: Tenant,
  connectionId: string,
  input: Partial<CreateExportInput> = {},
): Promise<Export> {
  const body = {
    name: "A test's export",
    connectionId,
    destination: { type: "s3", prefix: `${randomUUID()}/` },
    schedule: { every: "hour" },
    paused: true,
    ...input,
  };
  return (await call(operations.createExport, { key, params: { projectId }, body })).body;
}

/** A run in the ledger without a workflow. */
export async function makeRun(
  { organizationId, projectId }: Pick<Tenant, "organizationId" | "projectId">,
  exportId: string,
  run: Pick<typeof runs.$inferInsert, "intervalStart" | "intervalEnd"> & Partial<typeof runs.$inferInsert>,
): Promise<string> {
  const exported = { id: exportId, organizationId, projectId };
  const window = { start: run.intervalStart, end: run.intervalEnd };
  const row = newRun(exported, window, { trigger: "schedule", workflowId: `test-${randomUUID()}` });
  await getDb()
    .insert(runs)
    .values({ ...row, ...run });
  return row.id;
}

/** A historic export in the ledger without a workflow. */
export async function makeHistoric(
  { organizationId, projectId }: Tenant,
  exportId: string,
  historic: Partial<typeof historicExports.$inferInsert> & { windows: number },
): Promise<string> {
  const [rangeStart, rangeEnd] = [new Date(Date.UTC(2026, 0, 1, 1)), new Date(Date.UTC(2026, 0, 1, 3))];
  const [row] = await getDb()
    .insert(historicExports)
    .values({ organizationId, projectId, exportId, rangeStart, rangeEnd, ...historic })
    .returning();
  return row!.id;
}

/** Completed files of a run, and as many log lines. */
export async function makeFilesAndLogs({ organizationId, projectId }: Tenant, runId: string, count: number) {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const [run] = await getDb().select({ createdAt: runs.createdAt }).from(runs).where(eq(runs.id, runId));
  const owner = { organizationId, projectId, runId, month: monthOf(run!) };
  const file = { planVersion: 1, bounds: { from: null, to: null }, state: "Completed" as const, attempt: 1 };
  const measured = { expectedRows: 1, expectedFingerprint: "0", rows: 1, bytes: 2, sha256: "0", etag: "0" };
  await getDb()
    .insert(runFiles)
    .values(indexes.map((index) => ({ ...owner, ...file, ...measured, index, key: `${index}.jsonl` })));
  await getDb()
    .insert(runLogs)
    .values(indexes.map((index) => ({ ...owner, level: "info" as const, attempt: 1, message: `line ${index}` })));
}

/** A bucket without a connection, as reserved keys name it. */
const ELSEWHERE = "https://s3.penstock.test/left-behind";

/** Keys that an export has reserved for a window, by default in a bucket that it does not write to. */
export async function makeKeys(
  { organizationId, projectId }: Tenant,
  exportId: string,
  keys: string[],
  { address = ELSEWHERE, runId = randomUUID() as string } = {},
): Promise<void> {
  const window = { intervalStart: new Date("2026-01-01T00:00:00Z"), intervalEnd: new Date("2026-01-01T01:00:00Z") };
  const owner = { organizationId, projectId, exportId, runId, ...window };
  await getDb()
    .insert(objectKeys)
    .values(keys.map((key) => ({ ...owner, address, key, kind: "file" as const })));
}

/** The Temporal Schedule of an export; null if there is none. */
export async function scheduleOf(exportId: string): Promise<{ paused: boolean } | null> {
  try {
    const { state } = await getTemporal().schedule.getHandle(exportId).describe();
    return { paused: state.paused };
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}
