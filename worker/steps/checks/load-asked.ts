import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { documentsOfRun } from "@/lib/db/documents-of-run";
import { monthOf } from "@/lib/db/month";
import type { RunFileRow, RunRow } from "@/lib/db/rows";
import { projects, runDocuments, runFiles, runs } from "@/lib/db/schema";
import type { RunSpec } from "@/lib/destinations/run-spec";
import type { SourceStatement } from "@/lib/fields/receipt";

export type AskedFile = Pick<RunFileRow, "table" | "bounds" | "expectedRows">;

/** A committed run with what it was planned from. */
export interface AskedRun {
  run: RunRow;
  sourceProjectId: number;
  spec: RunSpec;
  source: SourceStatement;
  files: AskedFile[];
}

/** Files that are loaded at once. */
const FILES = 20_000;

/** Divides runs, in the order of their windows, so that the files of each part are not too many to load at once. */
export async function upToFiles(db: Db, runIds: readonly string[]): Promise<string[][]> {
  const rows = await db
    .select({ id: runs.id, files: runs.files })
    .from(runs)
    .where(inArray(runs.id, [...runIds]))
    .orderBy(asc(runs.intervalStart));
  const parts: string[][] = [];
  let files = FILES;
  for (const row of rows) {
    files += row.files ?? 0;
    if (files >= FILES) {
      parts.push([]);
      files = row.files ?? 0;
    }
    parts.at(-1)!.push(row.id);
  }
  return parts;
}

/** Runs whose receipts are current. Those without `asked` have lost their details to retention. */
export async function loadAsked(db: Db, runIds: readonly string[]): Promise<{ run: RunRow; asked: AskedRun | null }[]> {
  const rows = await db
    .select({
      run: runs,
      sourceProjectId: projects.sourceProjectId,
      spec: runDocuments.spec,
      source: runDocuments.source,
    })
    .from(runs)
    .innerJoin(projects, eq(projects.id, runs.projectId))
    .leftJoin(runDocuments, documentsOfRun)
    .where(and(inArray(runs.id, [...runIds]), eq(runs.state, "Completed"), isNull(runs.supersededBy)))
    .orderBy(asc(runs.intervalStart));
  const files = await filesOf(
    db,
    rows.map(({ run }) => run),
  );
  return rows.map(({ run, sourceProjectId, spec, source }) => {
    const own = files.get(run.id) ?? [];
    const isWhole = spec !== null && source !== null && own.length === run.files;
    return { run, asked: isWhole ? { run, sourceProjectId, spec, source, files: own } : null };
  });
}

async function filesOf(db: Db, of: readonly RunRow[]): Promise<Map<string, AskedFile[]>> {
  const versions = new Map(of.map(({ id, planVersion }) => [id, planVersion]));
  const rows = await db
    .select({
      runId: runFiles.runId,
      planVersion: runFiles.planVersion,
      table: runFiles.table,
      bounds: runFiles.bounds,
      expectedRows: runFiles.expectedRows,
    })
    .from(runFiles)
    .where(
      and(
        inArray(
          runFiles.runId,
          of.map(({ id }) => id),
        ),
        inArray(runFiles.month, [...new Set(of.map(monthOf))]),
      ),
    )
    .orderBy(asc(runFiles.runId), asc(runFiles.index));
  return Map.groupBy(
    rows.filter(({ runId, planVersion }) => versions.get(runId) === planVersion),
    ({ runId }) => runId,
  );
}
