import { and, asc, count, desc, eq, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { documentsOfRun } from "@/lib/db/documents-of-run";
import { monthOf } from "@/lib/db/month";
import { runDocuments, runFiles, runs } from "@/lib/db/schema";
import type { Timeline } from "@/lib/schemas/timeline";
import type { Actor } from "@/lib/services/access";
import { archiveOf, removed } from "./archive";
import { loadRun } from "./load";
import { toFileTimeline } from "./timeline";
import type { ListedRun } from "./to-run";

const MOST_FILES = 100;

/** When each part of a run began and ended. Throws a 410 `removed` once retention has removed its files. */
export async function getTimeline(actor: Actor, input: { id: string }): Promise<Timeline> {
  const run = await loadRun(actor, input.id);
  const [times, files, filesTotal] = await Promise.all([timesOf(run), someFiles(run), countFiles(run)]);
  if (files.length === 0 && (await archiveOf(run.id))?.files) throw removed("The list of this run's files");
  return {
    runId: run.id,
    state: run.state,
    dueAt: (run.trigger === "schedule" ? run.intervalEnd : run.createdAt).toISOString(),
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    plannedAt: times?.plannedAt?.toISOString() ?? null,
    committingAt: times?.source?.askedAt ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    filesTotal,
    files: files.map((file) => toFileTimeline(file, run)),
  };
}

async function timesOf({ id }: ListedRun) {
  const [found] = await getDb()
    .select({ plannedAt: runs.plannedAt, source: runDocuments.source })
    .from(runs)
    .leftJoin(runDocuments, documentsOfRun)
    .where(eq(runs.id, id));
  return found;
}

const ofRun = (run: ListedRun) => and(eq(runFiles.runId, run.id), eq(runFiles.month, monthOf(run)));

/** What a person looks for first: files that were tried again, then those that took longest. */
async function someFiles(run: ListedRun) {
  const duration = sql`coalesce(${runFiles.finishedAt}, now()) - ${runFiles.startedAt}`;
  const found = await getDb()
    .select()
    .from(runFiles)
    .where(ofRun(run))
    .orderBy(
      sql`${runFiles.tries} is null`,
      desc(runFiles.attempt),
      sql`${duration} desc nulls last`,
      asc(runFiles.index),
    )
    .limit(MOST_FILES);
  return found.toSorted((a, b) => a.planVersion - b.planVersion || a.index - b.index);
}

async function countFiles(run: ListedRun): Promise<number> {
  const [found] = await getDb().select({ files: count() }).from(runFiles).where(ofRun(run));
  return found?.files ?? 0;
}
