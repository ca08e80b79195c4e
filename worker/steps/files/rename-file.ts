import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { RunFileRow } from "@/lib/db/rows";
import { runFiles, runs } from "@/lib/db/schema";
import type { StoredAs } from "@/lib/destinations/upload-types";
import { writingOf } from "@/lib/destinations/writing";
import { earlierOf, logRun, ownerOf, pastFiles } from "@/lib/services/ledger";
import { superseded } from "../fence";
import { keyInputOf, type LoadedRun } from "../load";
import { type FileToSend, nextRevision } from "../plan/draft-files";
import { reserveKeys } from "../plan/reserve-keys";

/**
 * Renames a file after a try whose object may still appear under the old name. Where the layout's names carry no
 * revision, it keeps its name: the object is replaced if it is this window's.
 */
export async function renameFile(db: Db, loaded: LoadedRun, file: RunFileRow): Promise<RunFileRow> {
  const { run, spec } = loaded;
  const revision = await nextRevision(db, run);
  const key = writingOf(spec.destination).renamedKey(keyInputOf(loaded), file.key, file.revision, revision);
  if (key === null || run.address === null) return file;
  const { address } = run;
  return db.transaction(async (tx) => {
    await reserveKeys(tx, run, address, new Map([[key, "file"]]));
    const { runId, planVersion, index, attempt } = file;
    const isFile = and(eq(runFiles.runId, runId), eq(runFiles.planVersion, planVersion), eq(runFiles.index, index));
    const [renamed] = await tx
      .update(runFiles)
      .set({ key, revision, renamedFrom: file.key, sentAt: null })
      .where(and(isFile, eq(runFiles.key, file.key), eq(runFiles.attempt, attempt)))
      .returning();
    if (!renamed) throw superseded();
    const message = `An earlier request might still store this object, so the file is written as ${key}.`;
    await logRun(tx, run, { level: "info", attempt, file: file.key, message });
    return renamed;
  });
}

type Replacing = Pick<StoredAs, "replaces" | "known">;

/**
 * Whose object each file may replace: its own window's if names can't change or the file is rewritten under the current
 * receipt's key; otherwise the key must be free.
 */
export async function replacedBy(db: Db, loaded: LoadedRun, files: readonly FileToSend[]): Promise<Replacing[]> {
  const { run, spec } = loaded;
  const mustBeFree = ({ key, revision }: FileToSend) =>
    writingOf(spec.destination).renamedKey(keyInputOf(loaded), key, revision, revision + 1) !== null &&
    revision >= run.revision;
  if (files.every(mustBeFree)) return files.map(() => ({ replaces: null, known: false }));
  const owner = ownerOf(run, await earlierOf(db, loaded));
  const past = pastFiles(inArray(runs.requestId, [...owner.requestIds]));
  const keys = files.map(({ key }) => key);
  const { rows: sent } = await db.execute<{ key: string }>(
    sql`select distinct f.key from ${past} where f.key in ${keys} and f.sent`,
  );
  const known = new Set(sent.map(({ key }) => key));
  return files.map((file) =>
    mustBeFree(file) ? { replaces: null, known: false } : { replaces: owner, known: known.has(file.key) },
  );
}
