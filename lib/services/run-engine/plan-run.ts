import { and, eq, inArray, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runFiles, runs } from "@/lib/db/schema";
import { writingOf } from "@/lib/destinations/writing";
import { activeStates } from "@/lib/schemas/run";
import { type Plan, type PlannedTable, planFiles } from "@/lib/source/plan";
import { endedRunsOf } from "./ended-runs";
import type { Try } from "./export-file";
import { keyedOf, type LoadedRun, loadRun, tablesOf, withDestination, writtenOf } from "./load";
import { logRun } from "./log";
import { statesBefore } from "./state";

/** Rows of one INSERT: PostgreSQL takes at most 65,535 parameters in a statement. */
const BATCH = 2000;

/** The error of a run that has ended stays. */
const errorOfEnded = sql`case when ${inArray(runs.state, activeStates)} then null else ${runs.error} end`;

export interface PlannedRun {
  planVersion: number;
  files: number;
}

/**
 * Plans a run's files and writes the plan into the ledger, as a new version if there was one before. A failure of an earlier
 * try is over with that.
 */
export async function planRun(runId: string, { attempt, signal }: Try): Promise<PlannedRun> {
  const loaded = await loadRun(runId);
  await getDb()
    .update(runs)
    // The wait for the window to settle is not the run's duration; a fresh plan does not start it anew.
    .set({ state: "Running", startedAt: sql`coalesce(${runs.startedAt}, now())` })
    .where(and(eq(runs.id, runId), inArray(runs.state, statesBefore("Running"))));
  const planned = await save(loaded, await planFiles(await plannedTables(loaded), signal), attempt);
  const tables = tablesOf(loaded).map(({ table }) => table);
  await withDestination(loaded, (to) => to.prepare(tables, endedRunsOf(loaded.run.organizationId)));
  return planned;
}

function plannedTables(loaded: LoadedRun): Promise<PlannedTable[]> {
  const { destination } = loaded.spec;
  const writing = writingOf(destination);
  return Promise.all(
    tablesOf(loaded).map(async (model) => ({
      written: await writtenOf(loaded, model),
      split: writing.split(model, destination),
      maxFileBytes: writing.maxFileBytes(destination),
    })),
  );
}

async function save(loaded: LoadedRun, plan: Plan, attempt: number): Promise<PlannedRun> {
  const { run } = loaded;
  const { model, destination, columns, filters } = loaded.spec;
  const keyed = keyedOf(loaded);
  const writing = writingOf(destination);
  const planVersion = run.planVersion + 1;
  const { organizationId, projectId } = run;
  const rows = plan.files.map((file, index) => ({
    runId: run.id,
    organizationId,
    projectId,
    index,
    planVersion,
    table: file.model.table,
    key: writing.fileKey(keyed, file.model, file.part),
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
    // What an earlier try has written under this number is replaced.
    if (attempt > 1)
      await tx.delete(runFiles).where(and(eq(runFiles.runId, run.id), eq(runFiles.planVersion, planVersion)));
    for (let at = 0; at < rows.length; at += BATCH) await tx.insert(runFiles).values(rows.slice(at, at + BATCH));
    const spec = { model, destination, columns, filters };
    const replacedCharacters = plan.replaces ? plan.replaced : null;
    await tx
      .update(runs)
      .set({ planVersion, spec, source, replacedCharacters, files: rows.length, error: errorOfEnded })
      .where(eq(runs.id, run.id));
    const files = rows.length === 1 ? "1 file" : `${rows.length} files`;
    await logRun(run, { level: "info", attempt: run.attempt, message: `Planned ${plan.rows} rows in ${files}.` }, tx);
  });
  return { planVersion, files: rows.length };
}
