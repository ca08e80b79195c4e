import { and, asc, eq, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { RunFileRow } from "@/lib/db/rows";
import { runFiles } from "@/lib/db/schema";
import type { Looked } from "@/lib/destinations/stored-objects";
import { writingOf } from "@/lib/destinations/writing";
import { currentOf, type EarlierRun, pastFiles, sameWindow } from "@/lib/services/ledger";
import type { Plan, PlannedFile } from "@/lib/source/plan";
import { keyInputOf, type LoadedRun } from "../load";

/** What sending a file requires. */
export type FileToSend = Pick<
  RunFileRow,
  "runId" | "planVersion" | "index" | "table" | "key" | "revision" | "bounds" | "expectedRows"
>;

/** A planned file with its key. */
export interface Draft {
  file: PlannedFile;
  key: string;
  revision: number;
  /** An earlier run's record of the same file, if the storage still holds it: it is not written again. */
  reused: RunFileRow | null;
}

export interface Drafted {
  drafts: Draft[];
  /** For files that get new names. */
  revision: number;
  /** Whether no run has planned the window before. */
  isFirst: boolean;
}

const keyOf = (loaded: LoadedRun, { model, part }: PlannedFile, revision: number): string =>
  writingOf(loaded.spec.destination).fileKey({ ...keyInputOf(loaded), revision }, model, part);

/** One more than the highest revision whose keys a run of the window may have written. */
export async function nextRevision(db: Db, run: LoadedRun["run"]): Promise<number> {
  // A name that was only planned is still free, but the one before it may not be.
  const { rows } = await db.execute<{ used: number | null }>(
    sql`select max(case when f.sent then f.revision else f.revision - 1 end) as used from ${pastFiles(sameWindow(run))}`,
  );
  return (rows[0]?.used ?? 0) + 1;
}

/** The files of the window's current receipt, if a plan at this address matches it: rows, keys, and encoding. */
async function sameFiles(
  db: Db,
  loaded: LoadedRun,
  plan: Plan,
  earlier: readonly EarlierRun[],
  at: { address: string; encodingHash: string },
): Promise<RunFileRow[] | null> {
  const current = currentOf(earlier);
  if (!current || current.address !== at.address || current.encodingHash !== at.encodingHash) return null;
  if (current.source?.rows !== plan.rows || current.source.fingerprint !== String(plan.fingerprint)) return null;
  const before = await db
    .select()
    .from(runFiles)
    .where(and(eq(runFiles.runId, current.id), eq(runFiles.planVersion, current.planVersion)))
    .orderBy(asc(runFiles.index));
  const isSame = ({ model, rows, fingerprint, ...file }: PlannedFile, index: number) => {
    const other = before[index];
    return (
      other?.state === "Completed" &&
      other.table === model.table &&
      other.expectedRows === rows &&
      other.expectedFingerprint === String(fingerprint) &&
      other.key === keyOf(loaded, { model, rows, fingerprint, ...file }, other.revision)
    );
  };
  return before.length === plan.files.length && plan.files.every(isSame) ? before : null;
}

/**
 * Assigns keys to a plan's files. If the window's current receipt matches the plan, files that the storage still holds
 * stay as they are; all others get names that no earlier write of the window has used.
 */
export async function draftFiles(
  db: Db,
  loaded: LoadedRun,
  plan: Plan,
  earlier: readonly EarlierRun[],
  at: { address: string; encodingHash: string },
  look: (keys: string[]) => Promise<Looked>,
): Promise<Drafted> {
  const { run } = loaded;
  const isFirst = earlier.length === 0 && run.planVersion === 0;
  const revision = isFirst ? 1 : await nextRevision(db, run);
  const fresh = (file: PlannedFile): Draft => ({ file, key: keyOf(loaded, file, revision), revision, reused: null });
  const before = isFirst ? null : await sameFiles(db, loaded, plan, earlier, at);
  if (!before) return { drafts: plan.files.map(fresh), revision, isFirst };
  const { how, found } = await look(before.map(({ key }) => key));
  const drafts = plan.files.map((file, index) => {
    const old = before[index]!;
    const held = found.get(old.key);
    const isThere = held?.etag === old.etag && held?.bytes === old.bytes;
    if (how !== "no" && held && !isThere) return fresh(file);
    return { file, key: old.key, revision: old.revision, reused: isThere ? old : null };
  });
  return { drafts, revision, isFirst };
}
