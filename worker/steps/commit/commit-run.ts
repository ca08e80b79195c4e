import { createHash } from "node:crypto";
import { and, asc, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { RunFileRow } from "@/lib/db/rows";
import { runFiles, runs } from "@/lib/db/schema";
import type { Committed, Manifest } from "@/lib/destinations/types";
import { StagingLost } from "@/lib/destinations/warehouse/filled";
import { writingOf } from "@/lib/destinations/writing";
import { ExportError } from "@/lib/errors";
import type { Receipt } from "@/lib/fields/receipt";
import { openCause } from "@/lib/services/alerts";
import {
  currentOf,
  documentsWith,
  type EarlierRun,
  earlierOf,
  type LogLine,
  linesWith,
  lockExport,
  makeReceipt,
  ownerOf,
  receiptText,
  sameWindow,
  statesBefore,
} from "@/lib/services/ledger";
import { getLogger, loggable } from "@/lib/services/logger";
import { MIB } from "@/lib/units";
import { cleanRun } from "../clean/clean-run";
import { fenceCommit, superseded } from "../fence";
import { reopenFiles } from "../files/reopen-files";
import { keyInputOf, type LoadedRun, loadRun, tablesOf, withDestination } from "../load";
import { pinUnpinned } from "../pin-unpinned";
import { afterCommit } from "./after-commit";
import { compareStored } from "./compare-stored";
import { confirmSource } from "./confirm-source";

/**
 * Commits a run whose files are all at the destination: asks the source again, compares the files with what was
 * measured, writes the manifest, and only then marks the run Completed. Then removes what earlier writes of the window
 * left. Idempotent. Returns the recovery alert, if any. Throws an `ExportError`: one of the codes `EXPORT_AGAIN` if
 * files have to be exported again first, `plan_mismatch` if the window needs a fresh plan.
 */
export async function commitRun(runId: string, signal: AbortSignal): Promise<string | null> {
  const loaded = await loadRun(runId);
  if (loaded.run.state !== "Completed")
    return commitFiles(await pinUnpinned(loaded), await filesOf(loaded.run), signal);
  await cleanUp(runId);
  return null;
}

/** Commits a loaded run with the files of its plan. */
export async function commitFiles(
  loaded: LoadedRun,
  files: readonly RunFileRow[],
  signal: AbortSignal,
): Promise<string | null> {
  const { alertId, isClean } = await commit(loaded, files, signal);
  if (!isClean) await cleanUp(loaded.run.id);
  return alertId;
}

async function cleanUp(runId: string): Promise<void> {
  // The receipt is true either way; reconciliation retries what fails here.
  await cleanRun(runId).catch((error) => {
    getLogger().warn(
      { runId, error: loggable(error) },
      "Could not remove leftovers of earlier runs of a window; cleanup is retried.",
    );
  });
}

async function commit(loaded: LoadedRun, files: readonly RunFileRow[], signal: AbortSignal): Promise<Ended> {
  const { run } = loaded;
  if (run.state !== "Running") throw superseded();
  if (!run.source || files.length !== run.files || files.some(({ state }) => state !== "Completed")) throw notReady();
  const source = await confirmSource(run, run.source, signal);
  const earlier = await earlierOf(loaded);
  return withDestination(loaded, async (destination) => {
    const compared = destination.objects ? await compareStored(loaded, destination.objects, files) : null;
    const { files: listed, ...measured } = makeReceipt(run, source, files);
    const receipt = { ...measured, ...(compared && { compared }), files: listed };
    const manifest = manifestOf(loaded, receipt, files, earlier);
    await fenceCommit(loaded, source, manifest && { key: manifest.key, etag: null, bytes: null });
    const committed = await destination
      .commit({
        files: files.map(({ key, table, rows }) => ({ key, table, rows: rows ?? 0 })),
        tables: tablesOf(loaded).map(({ table }) => table),
        manifest,
      })
      .catch(async (error) => {
        if (error instanceof StagingLost) await reopenFiles(run, error.keys, STAGING_LOST);
        throw error;
      });
    const { tables } = committed;
    const isClean = earlier.length === 0 && run.planVersion === 1 && files.every(isPlain);
    return complete(loaded, { ...receipt, ...(tables.length > 0 && { tables }) }, { committed, manifest, isClean });
  });
}

/** Bytes stored by a single request. Larger files use multipart, where a lost response can leave an upload open. */
const ONE_REQUEST = 5 * MIB;

/** Whether the destination can hold nothing but the file itself. */
const isPlain = ({ attempt, revision, renamedFrom, bytes }: RunFileRow) =>
  attempt === 1 && revision === 1 && renamedFrom === null && (bytes ?? 0) <= ONE_REQUEST;

const STAGING_LOST = "Staged rows are gone, as after a crash of the warehouse's server";

/** Also for an earlier try that reopened files but could not report it: the workflow exports them again now. */
const notReady = () =>
  new ExportError({
    code: "not_ready",
    message: "Not every file of the plan has been exported.",
    fix: "Retry the run.",
    retryable: false,
  });

const filesOf = ({ id, planVersion }: LoadedRun["run"]): Promise<RunFileRow[]> =>
  getDb()
    .select()
    .from(runFiles)
    .where(and(eq(runFiles.runId, id), eq(runFiles.planVersion, planVersion)))
    .orderBy(asc(runFiles.index));

function manifestOf(
  loaded: LoadedRun,
  receipt: Receipt,
  files: readonly RunFileRow[],
  earlier: readonly EarlierRun[],
): Manifest | null {
  const writing = writingOf(loaded.spec.destination);
  const keyed = keyInputOf(loaded);
  const key = writing.manifestKey(keyed);
  if (key === null) return null;
  const { run } = loaded;
  const here = earlier.filter(({ address }) => address === run.address);
  const before = currentOf(here)?.manifest;
  return {
    key,
    text: receiptText(receipt),
    markers: writing.markerKeys(
      keyed,
      files.map((file) => file.key),
    ),
    replaces: before?.key === key ? before.etag : null,
    owner: ownerOf(run, earlier),
    known: earlier.some(({ state }) => state === "Completed"),
  };
}

const sha256Of = (text: string) => createHash("sha256").update(text).digest("hex");

interface Ended {
  alertId: string | null;
  /** Whether nothing is left to remove. */
  isClean: boolean;
}

interface Done {
  committed: Committed;
  manifest: Manifest | null;
  /** Whether earlier writes of the window can't have left anything. */
  isClean: boolean;
}

async function complete({ run }: LoadedRun, receipt: Receipt, { committed, manifest, isClean }: Done): Promise<Ended> {
  const { rows, bytes } = receipt;
  const stored = manifest && committed.manifest ? { key: manifest.key, ...committed.manifest } : null;
  return getDb().transaction(async (tx) => {
    const exported = await lockExport(tx, run.exportId);
    const measured = { rows, bytes, manifest: stored };
    const isOpen = and(eq(runs.id, run.id), inArray(runs.state, statesBefore("Completed")));
    const line: LogLine = { level: "info", attempt: run.attempt, message: messageOf(receipt) };
    const lines = [manifest ? { ...line, file: manifest.key } : line];
    const given = sql`${runs} where ${isOpen}`;
    const documents = { receipt, receiptSha256: sha256Of(receiptText(receipt)) };
    const [completed] = await tx
      .with(linesWith(run, lines, given), documentsWith(run, documents, given))
      .update(runs)
      .set({
        state: "Completed",
        ...measured,
        error: null,
        finishedAt: sql`now()`,
        cleanedAt: isClean ? sql`now()` : null,
      })
      .where(isOpen)
      .returning({ cause: openCause(exported.id) });
    if (!completed) return { alertId: null, isClean: false };
    if (!isClean)
      await tx
        .update(runs)
        .set({ supersededBy: run.id })
        .where(and(sameWindow(run), eq(runs.state, "Completed"), ne(runs.id, run.id), isNull(runs.supersededBy)));
    return { alertId: await afterCommit(tx, exported, run, completed.cause), isClean };
  });
}

function messageOf({ rows, bytes, tables }: Receipt): string {
  const where =
    tables?.map((table) => `${table.table} holds ${table.rows} of them`).join(", ") ?? "the manifest is there";
  return `Committed ${rows} rows, ${bytes} bytes: ${where}.`;
}
