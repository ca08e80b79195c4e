import { and, asc, eq, gte, lt } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { RunFileRow } from "@/lib/db/rows";
import { runFiles } from "@/lib/db/schema";
import { FileFailed } from "@/lib/pump/file-failed";
import type { Dependencies } from "@/lib/services/dependencies";
import { failureOf } from "../failure";
import { extractOf, type LoadedRun, loadRun, tablesOf, withDestination } from "../load";
import { pinUnpinned } from "../pin-unpinned";
import { exportFile } from "./export-file";
import { noteFailure } from "./note-try";
import { fileGone, type Try } from "./send-file";
import { sendGroup } from "./send-group";
import { type PackedFile, sendingOne } from "./send-one";

/** Consecutive files of a plan, of one table: `from` inclusive, `to` exclusive. */
export interface GroupRef {
  runId: string;
  planVersion: number;
  from: number;
  to: number;
}

/** How many files of a group may fail before the rest wait for the next try: by then, the files aren't the cause. */
const MOST_FAILED = 3;

/** Collects failed files so that the rest of the group is still sent. */
class Failures {
  readonly all: FileFailed[] = [];

  /** Throws when the group should stop: on a failure that retrying can't fix, or after too many failures. */
  async catching(index: number, work: () => Promise<void>, { signal }: Try): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (signal.aborted) throw error;
      const failed = new FileFailed(index, failureOf(error), { cause: error });
      this.all.push(failed);
      if (!failed.failure.retryable || this.all.length === MOST_FAILED) throw failed;
    }
  }
}

/**
 * Exports a group's unfinished files from one query. Each is measured, fenced, and recorded on its own, and one failing
 * doesn't stop the others. Throws an `ExportError`, as `exportFile` does.
 */
export async function exportGroup(deps: Dependencies, ref: GroupRef, current: Try): Promise<void> {
  const loaded = await pinUnpinned(deps.db, await loadRun(deps.db, ref.runId));
  const files = (await filesOf(deps.db, ref)).filter(({ state }) => state !== "Completed");
  if (files.length === 0) return;
  const failures = new Failures();
  try {
    await sendAll(deps, loaded, files, failures, current);
    if (failures.all[0]) throw failures.all[0];
  } catch (error) {
    // The step itself records the error that is thrown.
    const others = current.signal.aborted ? [] : failures.all.filter((failed) => failed !== error);
    for (const { failure, index } of others)
      await noteFailure(deps.db, ref.runId, current.attempt, failure, { ...ref, index });
    throw error;
  }
}

async function sendAll(
  deps: Dependencies,
  loaded: LoadedRun,
  files: RunFileRow[],
  failures: Failures,
  current: Try,
): Promise<void> {
  const { run } = loaded;
  const model = tablesOf(loaded).find(({ table }) => table === files[0]?.table);
  if (!model) throw fileGone();
  const written = await extractOf(deps.db, loaded, model);
  const { contentType } = written.encoding;
  const alone = await withDestination(
    deps.db,
    loaded,
    (destination) => {
      const sendOne = sendingOne(deps.db, loaded, { destination, contentType }, current);
      const send = (file: PackedFile) => failures.catching(file.planned.index, () => sendOne(file), current);
      return sendGroup(deps, loaded, files, { written, send, current });
    },
    { canPlanAnew: true },
  );
  for (const { index, planVersion } of alone)
    await failures.catching(index, () => exportFile(deps, { runId: run.id, planVersion, index }, current), current);
}

async function filesOf(db: Db, { runId, planVersion, from, to }: GroupRef): Promise<RunFileRow[]> {
  const isOfPlan = and(eq(runFiles.runId, runId), eq(runFiles.planVersion, planVersion));
  const files = await db
    .select()
    .from(runFiles)
    .where(and(isOfPlan, gte(runFiles.index, from), lt(runFiles.index, to)))
    .orderBy(asc(runFiles.index));
  if (files.length !== to - from) throw fileGone();
  return files;
}
