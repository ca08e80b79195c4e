import { and, eq, inArray, lte, ne, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { RunFileRow } from "@/lib/db/rows";
import { runFiles } from "@/lib/db/schema";
import type { ExportError } from "@/lib/errors";
import { logRunLines } from "@/lib/services/ledger";
import type { LoadedRun } from "../load";
import { beginsLine } from "../plan/save-plan";
import { renameFile } from "./rename-file";
import { fileGone, type Try } from "./send-file";
import { beginTry } from "./tries";

/** Files of a run's plan, by index. */
export interface FilesRef {
  runId: string;
  planVersion: number;
  indexes: number[];
}

const areFiles = ({ runId, planVersion, indexes }: FilesRef) =>
  and(eq(runFiles.runId, runId), eq(runFiles.planVersion, planVersion), inArray(runFiles.index, indexes));

/**
 * Marks files as Running. Returns, in order of the indexes, the file; null if it is already done; an error if it left
 * the plan.
 */
export async function beginFiles(
  db: Db,
  loaded: LoadedRun,
  ref: FilesRef,
  { attempt }: Pick<Try, "attempt">,
): Promise<(RunFileRow | null | ExportError)[]> {
  const before = attempt > 1 ? await findFiles(db, ref) : [];
  const marked = await db
    .update(runFiles)
    .set({ state: "Running", attempt, startedAt: sql`now()`, ...beginTry })
    .where(and(areFiles(ref), ne(runFiles.state, "Completed"), lte(runFiles.attempt, attempt)))
    .returning();
  const begun: RunFileRow[] = [];
  // A try with an unknown outcome may still store an object under its key, at any time.
  for (const file of marked) begun.push(file.sentAt ? await renameFile(db, loaded, file) : file);
  const others = begun.length < ref.indexes.length ? await findFiles(db, ref) : [];
  const lines = begun.flatMap((file) => [...wordless(before, file), { ...beginsLine(file), attempt }]);
  await logRunLines(db, loaded.run, lines);
  const isDone = (index: number) => others.some((other) => other.index === index && other.state === "Completed");
  return ref.indexes.map((index) => begun.find((file) => file.index === index) ?? (isDone(index) ? null : fileGone()));
}

const findFiles = (db: Db, ref: FilesRef): Promise<RunFileRow[]> => db.select().from(runFiles).where(areFiles(ref));

/** A try that reported no outcome ended with its worker. */
function wordless(before: readonly RunFileRow[], { index, key, attempt }: RunFileRow) {
  const last = before.find((file) => file.index === index);
  if (last?.state !== "Running" || last.attempt >= attempt) return [];
  const message = `Attempt ${last.attempt || 1} ended without a result. Retrying.`;
  return [{ attempt, file: key, level: "warn" as const, message }];
}
