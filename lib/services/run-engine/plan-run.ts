import { and, eq, inArray, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runFiles, runs } from "@/lib/db/schema";
import { fileKeys } from "@/lib/layouts/keys";
import { type Plan, planFiles } from "@/lib/source/plan";
import { formatOf, type LoadedRun, loadRun, selectionOf, windowOf } from "./load";
import { logRun } from "./log";
import { statesBefore } from "./state";

const MIB = 1024 * 1024;
/** Rows of one INSERT: PostgreSQL takes at most 65,535 parameters in a statement. */
const BATCH = 2000;

export interface PlannedRun {
  planVersion: number;
  files: number;
}

/** Plans a run's files and writes the plan into the ledger, as a new version if there was one before. */
export async function planRun(runId: string, signal: AbortSignal): Promise<PlannedRun> {
  const loaded = await loadRun(runId);
  const { compression, maxFileSizeMb } = loaded.spec.destination;
  const limits = { compression, maxFileBytes: maxFileSizeMb * MIB };
  await getDb()
    .update(runs)
    // The wait for the window to settle is not the run's duration; a fresh plan does not start it anew.
    .set({ state: "Running", startedAt: sql`coalesce(${runs.startedAt}, now())` })
    .where(and(eq(runs.id, runId), inArray(runs.state, statesBefore("Running"))));
  const plan = await planFiles(selectionOf(loaded), formatOf(loaded), limits, signal);
  return save(loaded, plan);
}

async function save({ run, spec }: LoadedRun, plan: Plan): Promise<PlannedRun> {
  const planVersion = run.planVersion + 1;
  const keys = fileKeys(spec.model, spec.destination, windowOf(run), plan.files.length);
  const { organizationId, projectId } = run;
  const rows = plan.files.map((file, index) => ({
    runId: run.id,
    organizationId,
    projectId,
    index,
    planVersion,
    key: keys[index] ?? "",
    bounds: file.bounds,
    expectedRows: file.rows,
    expectedFingerprint: String(file.fingerprint),
  }));
  const source = {
    rows: plan.rows,
    fingerprint: String(plan.fingerprint),
    query: plan.check.sql,
    params: plan.check.params,
  };
  await getDb().transaction(async (tx) => {
    // A plan that was written but whose answer was lost is written again under its number.
    await tx.delete(runFiles).where(and(eq(runFiles.runId, run.id), eq(runFiles.planVersion, planVersion)));
    for (let at = 0; at < rows.length; at += BATCH) await tx.insert(runFiles).values(rows.slice(at, at + BATCH));
    await tx.update(runs).set({ planVersion, source, files: rows.length }).where(eq(runs.id, run.id));
    const files = rows.length === 1 ? "1 file" : `${rows.length} files`;
    await logRun(run, { level: "info", attempt: run.attempt, message: `Planned ${plan.rows} rows in ${files}.` }, tx);
  });
  return { planVersion, files: rows.length };
}
