import { and, asc, eq } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { RunFileRow } from "@/lib/db/rows";
import { runFiles } from "@/lib/db/schema";
import type { Committed, ObjectStore } from "@/lib/destinations/types";
import { StagingLost } from "@/lib/destinations/warehouse/filled";
import { ExportError } from "@/lib/errors";
import type { ReceiptV2 } from "@/lib/fields/receipt";
import type { Dependencies } from "@/lib/services/dependencies";
import { earlierOf, isFirstWithin, logRun, type Statement, withReplacements } from "@/lib/services/ledger";
import { getLogger, loggable } from "@/lib/services/logger";
import { recentSigningKey } from "@/lib/services/signing";
import { MIB } from "@/lib/units";
import { cleanRun } from "../clean/clean-run";
import { fenceCommit, superseded } from "../fence";
import { reopenFiles } from "../files/reopen-files";
import { type LoadedRun, loadRun, tablesOf, withDestination } from "../load";
import { pinUnpinned } from "../pin-unpinned";
import { askSource } from "./ask-source";
import { compareStored } from "./compare-stored";
import { complete, type Ended } from "./complete";
import { keepChain } from "./keep-chain";
import { manifestKeyOf, manifestOf } from "./manifest";
import { sealedReceipt, sealReceipt } from "./seal-receipt";
import { statementOf } from "./statement";

/**
 * Commits a run whose files are all at the destination: asks the source again, compares the files with what was
 * measured, writes the manifest, and only then marks the run Completed. Then removes what earlier writes of the window
 * left. Idempotent. Returns the recovery alert, if any. Throws an `ExportError`: one of the codes `EXPORT_AGAIN` if
 * files have to be exported again first, `plan_mismatch` if the window needs a fresh plan.
 */
export async function commitRun(deps: Dependencies, runId: string, signal: AbortSignal): Promise<string | null> {
  const loaded = await loadRun(deps.db, runId);
  if (loaded.run.state !== "Completed")
    return commitFiles(deps, await pinUnpinned(deps.db, loaded), await filesOf(deps.db, loaded.run), signal);
  await cleanUp(deps.db, runId);
  return null;
}

/** Commits a loaded run with the files of its plan. */
export async function commitFiles(
  deps: Dependencies,
  loaded: LoadedRun,
  files: readonly RunFileRow[],
  signal: AbortSignal,
): Promise<string | null> {
  const { alertId, isClean } = await commit(deps, loaded, files, signal);
  if (!isClean) await cleanUp(deps.db, loaded.run.id);
  return alertId;
}

async function cleanUp(db: Db, runId: string): Promise<void> {
  // The receipt is true either way; reconciliation retries what fails here.
  await cleanRun(db, runId).catch((error) => {
    getLogger().warn(
      { runId, error: loggable(error) },
      "Removing leftovers of earlier runs of a window failed; it is retried.",
    );
  });
}

async function commit(
  { db, source }: Dependencies,
  loaded: LoadedRun,
  files: readonly RunFileRow[],
  signal: AbortSignal,
): Promise<Ended> {
  const { run } = loaded;
  if (run.state !== "Running") throw superseded();
  if (!run.source || files.length !== run.files || files.some(({ state }) => state !== "Completed")) throw notReady();
  const sealedBefore = await sealedReceipt(db, loaded);
  const asked = sealedBefore && names(sealedBefore, files) ? sealedBefore : null;
  const answer = asked ?? (await askSource(source, loaded, run.source, { isFirst: sealedBefore === null, signal }));
  const earlier = await earlierOf(db, loaded);
  return withDestination(db, loaded, async (destination) => {
    const compared = destination.objects ? await compareStored(db, loaded, destination.objects, files) : null;
    const statement = await statementOf(db, loaded, answer, files, earlier, compared);
    const key = manifestKeyOf(loaded);
    // A warehouse's rows are there before its receipt is signed: better to know first that it can be.
    if (key === null) await recentSigningKey(db);
    const sealed = key === null ? null : await sealReceipt(db, loaded, statement, key);
    if (sealed === null) await fenceCommit(db, loaded, statement.source, null);
    const manifest = sealed && manifestOf(db, loaded, { key: key!, receipt: sealed }, files, earlier);
    const committed = await destination
      .commit({
        files: files.map(({ key, table, rows }) => ({ key, table, rows: rows ?? 0 })),
        tables: tablesOf(loaded).map(({ table }) => table),
        ...(destination.tables && { isFirst: await isFirstWithin(db, run) }),
        manifest,
      })
      .catch(async (error) => {
        if (error instanceof StagingLost) await reopenFiles(db, run, error.keys, STAGING_LOST);
        throw error;
      });
    const isClean = earlier.length === 0 && run.planVersion === 1 && files.every(isPlain);
    const isKept = sealed?.chain === "objects" && (await isLinkKept(db, loaded, destination.objects!, sealed));
    const receipt = sealed ?? withTables(statement, committed);
    return complete(db, loaded, receipt, { committed, manifest, isKept, isClean });
  });
}

/** Whether a receipt names exactly these files, as they are: else the source may have changed with them. */
const names = (receipt: ReceiptV2, files: readonly RunFileRow[]): boolean =>
  receipt.files.length === files.length &&
  receipt.files.every(({ key, sha256, etag }, index) => {
    const file = files[index];
    return file?.key === key && file.sha256 === sha256 && file.etag === etag;
  });

/** A warehouse's receipt, with what its tables hold after the commit. */
const withTables = (statement: Statement, { tables, replacements }: Committed): Statement => ({
  ...withReplacements(statement, replacements),
  location: tables.length === 1 ? { ...statement.location, table: tables[0]!.table } : statement.location,
  tables,
});

/** Puts a receipt into its bucket's chain. The window counts without it; reconciliation retries what fails here. */
async function isLinkKept(db: Db, loaded: LoadedRun, objects: ObjectStore, receipt: ReceiptV2): Promise<boolean> {
  try {
    return await Promise.race([keepChain(db, loaded, objects, [receipt]).then(() => true), later()]);
  } catch (error) {
    getLogger().warn({ runId: loaded.run.id, error: loggable(error) }, "A receipt isn't in its bucket's chain yet.");
    const message = `Adding the receipt to the chain in the bucket failed: ${(error as Error).message}`;
    await logRun(db, loaded.run, { level: "warn", attempt: loaded.run.attempt, message });
    return false;
  }
}

/** In ms: a slow storage must not hold up a commit whose manifest is stored. */
const PATIENCE = 3_000;

const later = () =>
  new Promise<false>((resolve) => {
    setTimeout(() => resolve(false), PATIENCE).unref();
  });

/** Bytes stored by a single request. Larger files use multipart, where a lost response can leave an upload open. */
const ONE_REQUEST = 5 * MIB;

/** Whether the destination can hold nothing but the file itself. */
const isPlain = ({ attempt, revision, renamedFrom, bytes }: RunFileRow) =>
  attempt === 1 && revision === 1 && renamedFrom === null && (bytes ?? 0) <= ONE_REQUEST;

const STAGING_LOST = "Staged rows are missing, as after a crash of the warehouse's server";

/** Also for an earlier try that reopened files but could not report it: the workflow exports them again now. */
const notReady = () =>
  new ExportError({
    code: "not_ready",
    message: "Not every file of the plan was exported.",
    fix: "Retry the run.",
    retryable: false,
  });

const filesOf = (db: Db, { id, planVersion }: LoadedRun["run"]): Promise<RunFileRow[]> =>
  db
    .select()
    .from(runFiles)
    .where(and(eq(runFiles.runId, id), eq(runFiles.planVersion, planVersion)))
    .orderBy(asc(runFiles.index));
