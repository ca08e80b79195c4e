import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runFiles, runs } from "@/lib/db/schema";
import { writesFiles } from "@/lib/destinations/catalog";
import type { CommitMode } from "@/lib/destinations/warehouse/settings";
import { createConnectionSchema } from "@/lib/schemas/connection";
import { type CreateExportInput, createExportSchema, type Export } from "@/lib/schemas/export";
import { createConnection } from "@/lib/services/connections/create";
import { createExport } from "@/lib/services/exports/create";
import type { Window } from "@/lib/windows";
import { markVerified } from "@/testing/api/verified";
import { commitRun } from "@/worker/steps/commit/commit-run";
import { exportFile } from "@/worker/steps/files/export-file";
import { planRun } from "@/worker/steps/plan/plan-run";
import { deps } from "../deps";
import { insertRun } from "../insert-run";
import { type RunRecord, recordOf } from "../ledger";
import type { TestProject } from "../project";
import type { Harness } from "./harness";

/** A connection to the harness's destination, marked verified, and a paused export to its own table. */
export async function makeExportTo(
  project: TestProject,
  harness: Harness,
  values: Partial<CreateExportInput> & {
    table?: string;
    commitMode?: CommitMode;
    config?: object;
    /** Additional settings of the destination. */
    settings?: object;
  } = {},
): Promise<Export> {
  const { table = `t_${randomUUID().slice(0, 8)}_{table_name}`, commitMode, config, settings, ...rest } = values;
  const connection = await createConnection(project.actor, {
    ...createConnectionSchema.parse({
      type: harness.type,
      name: harness.name,
      config: { ...harness.config(), ...config },
    }),
    projectId: project.id,
  });
  await markVerified(connection.id);
  const input = createExportSchema.parse({
    name: "Test",
    schedule: { every: "hour" },
    paused: true,
    ...rest,
    connectionId: connection.id,
    destination: { ...harness.destination(table, commitMode), ...settings },
  });
  return createExport(project.actor, { ...input, projectId: project.id });
}

/** The name of an export's table; in a bucket, the first folder. */
export function nameOf({ destination }: Pick<Export, "destination">, table = "events"): string {
  const template = writesFiles(destination) ? destination.prefix.split("/")[0] : destination.table;
  return (template ?? "").replaceAll("{table_name}", table);
}

type Columns = Parameters<typeof insertRun>[3];

/** A run in the ledger without a workflow, with the given columns: the test takes its steps. */
export async function makeRun(
  project: TestProject,
  { id: exportId }: Export,
  window: Window,
  columns?: Columns,
): Promise<string> {
  return (await insertRun(project, exportId, window, columns)).id;
}

export const plan = (runId: string) => planRun(deps(), runId, { attempt: 1, signal: AbortSignal.timeout(60_000) });

/** Exports the files of a run's newest plan, or the first few. */
export async function putFiles(runId: string, most = Number.POSITIVE_INFINITY): Promise<void> {
  const [run] = await getDb().select().from(runs).where(eq(runs.id, runId));
  const planVersion = run?.planVersion ?? 0;
  const files = await getDb()
    .select({ index: runFiles.index })
    .from(runFiles)
    .where(and(eq(runFiles.runId, runId), eq(runFiles.planVersion, planVersion)));
  for (const { index } of files.slice(0, most))
    await exportFile(deps(), { runId, planVersion, index }, { attempt: 1, signal: AbortSignal.timeout(60_000) });
}

export const commit = (runId: string) => commitRun(deps(), runId, AbortSignal.timeout(60_000));

export async function takeSteps(runId: string): Promise<void> {
  await plan(runId);
  await putFiles(runId);
  await commit(runId);
}

/** Takes all steps of a new run on a window, and returns the run afterwards. */
export async function runWindow(project: TestProject, exported: Export, window: Window, columns?: Columns) {
  const id = await makeRun(project, exported, window, columns);
  await takeSteps(id);
  return runOf(id);
}

export const runOf = recordOf;

/** How many rows a run put into each of its tables, by its receipt. */
export function committedRows({ receipt }: Pick<RunRecord, "receipt">): [table: string, rows: number][] {
  if (receipt?.tables) return receipt.tables.map(({ table, rows }) => [table, rows]);
  return (receipt?.files ?? []).map(({ key, rows }) => [key.split("/")[0] ?? "", rows]);
}

/** What a dead run left: by its id, or in the folders of its export. */
export async function leftoversOf(harness: Harness, runId: string, exported: Export): Promise<string[]> {
  const marks = [runId, runId.replaceAll("-", "")];
  const folder = nameOf(exported, "");
  return (await harness.leftovers()).filter(
    (name) => name.startsWith(folder) || marks.some((mark) => name.includes(mark)),
  );
}

/** Makes a committed run look as if the ledger never learned of the commit. */
export const endAsRunning = (id: string) => getDb().update(runs).set({ state: "Running" }).where(eq(runs.id, id));

/** Ends a run that stopped midway, as if it was found dead. */
export const endAsFailed = (id: string) => getDb().update(runs).set({ state: "Failed" }).where(eq(runs.id, id));
