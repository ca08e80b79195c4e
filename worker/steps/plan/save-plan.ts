import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { insertGiven } from "@/lib/db/insert-given";
import { monthOf } from "@/lib/db/month";
import type { RunFileRow } from "@/lib/db/rows";
import { runFiles, runs } from "@/lib/db/schema";
import type { PinnedConnection } from "@/lib/db/schema/runs";
import { writingOf } from "@/lib/destinations/writing";
import { ExportError } from "@/lib/errors";
import { activeStates } from "@/lib/fields/run-state";
import {
  type Documents,
  insertDocuments,
  insertLines,
  type LogLine,
  logRunLines,
  rowsOfOthers,
  saveDocuments,
} from "@/lib/services/ledger";
import type { Plan } from "@/lib/source/plan";
import { FINGERPRINT } from "@/lib/source/predicate";
import { keyInputOf, type LoadedRun } from "../load";
import type { Draft, Drafted, FileToSend } from "./draft-files";
import { refuseFewer } from "./refuse-fewer";
import { claimOf, type KeyKind, reserveKeys } from "./reserve-keys";
import { supersede } from "./supersede";

/** Rows per INSERT: PostgreSQL takes at most 65,535 parameters in a statement. */
const BATCH = 2000;
/** File limit of a first plan saved in one statement. */
const FEW = 20;

/** What a plan binds its run to. */
export interface Binding {
  address: string;
  pinned: PinnedConnection;
  encodingHash: string;
}

export interface SavedPlan {
  planVersion: number;
  files: number;
  /** Whether this plan or an earlier one of the run may have superseded receipts whose manifests still exist. */
  mayWithdraw: boolean;
  /** The run as planned. */
  planned: LoadedRun;
  /** The plan's only file, if this step goes on with it. */
  begun: FileToSend | null;
}

interface Saving {
  attempt: number;
  /** Whether the plan's only file begins with it. */
  begins: boolean;
}

/** Every key that a plan writes: its files' and, if the destination has them, its manifest's and its marks'. */
export function keysOfPlan(loaded: LoadedRun, fileKeys: readonly string[]): Map<string, KeyKind> {
  const writing = writingOf(loaded.spec.destination);
  const manifest = writing.manifestKey(keyInputOf(loaded));
  const keys = new Map<string, KeyKind>();
  if (manifest === null) return keys;
  for (const key of writing.markerKeys(keyInputOf(loaded), fileKeys)) keys.set(key, "marker");
  for (const key of fileKeys) keys.set(key, "file");
  return keys.set(manifest, "manifest");
}

/**
 * Writes a plan into the ledger as the run's next version, reserves its keys, and marks receipts whose files it will
 * overwrite as superseded. Throws if the run has ended, a key is held, or those receipts have more rows.
 */
export async function savePlan(
  db: Db,
  loaded: LoadedRun,
  plan: Plan,
  { drafts, revision, isFirst }: Drafted,
  bound: Binding,
  { attempt, begins }: Saving,
): Promise<SavedPlan> {
  const { run } = loaded;
  const planVersion = run.planVersion + 1;
  const [begun = null] = begins
    ? drafts.flatMap((draft, at) => (draft.reused ? [] : [begin(rowOf(run, planVersion, draft, at))]))
    : [];
  const rows = begun ? [begun] : drafts.map((draft, index) => rowOf(run, planVersion, draft, index));
  const keys = keysOfPlan(
    loaded,
    drafts.map(({ key }) => key),
  );
  const saved = { ...bound, planVersion, revision, files: drafts.length, error: null };
  const documents = documentsOf(loaded, plan);
  const planned = { ...loaded, run: { ...run, ...saved, ...documents, state: "Running" as const } };
  const answer = { planVersion, files: rows.length, planned, begun };
  const lines = linesOf(run, plan, drafts, begun);
  if (
    isFirst &&
    attempt === 1 &&
    rows.length <= FEW &&
    (await saveAtOnce(db, run, saved, { documents, rows, keys, lines }))
  )
    return { ...answer, mayWithdraw: false };
  const mayWithdraw = await db.transaction(async (tx) => {
    // Replaces what an earlier try wrote under this number.
    if (attempt > 1)
      await tx.delete(runFiles).where(and(eq(runFiles.runId, run.id), eq(runFiles.planVersion, planVersion)));
    for (let at = 0; at < rows.length; at += BATCH) await tx.insert(runFiles).values(rows.slice(at, at + BATCH));
    const taken = keys.size === 0 ? [] : await reserveKeys(tx, run, bound.address, keys);
    const mayWithdraw = !isFirst || taken.length > 0;
    if (keys.size > 0 && mayWithdraw) {
      await supersede(tx, run, bound.address, { drafts, taken });
      refuseFewer(run, { receipt: await rowsOfOthers(tx, run, "keys"), source: plan.rows, isOthers: true });
    }
    const [updated] = await tx
      .update(runs)
      .set({ ...saved, plannedAt: sql`now()` })
      .where(isAsLoaded(run))
      .returning({ id: runs.id });
    if (!updated) throw raced();
    await saveDocuments(tx, run, documents);
    await logRunLines(tx, run, lines);
    return mayWithdraw;
  });
  return { ...answer, planned: { ...planned, isAlone: loaded.isAlone && !mayWithdraw }, mayWithdraw };
}

/** A begun file's attempt is 0 until it is stored: any attempt of the step that writes files takes it over. */
const begin = <T extends object>(row: T) => ({ ...row, state: "Running" as const, startedAt: sql`now()` });

function linesOf(
  { attempt }: LoadedRun["run"],
  plan: Plan,
  drafts: readonly Draft[],
  begun: FileToSend | null,
): LogLine[] {
  const files = drafts.length === 1 ? "1 file" : `${drafts.length} files`;
  const reused = drafts.filter((draft) => draft.reused).length;
  const kept = reused === 0 ? "" : `; ${reused} of them ${reused === 1 ? "is" : "are"} already at the destination`;
  const planned = { level: "info" as const, attempt, message: `Planned ${plan.rows} rows in ${files}${kept}.` };
  return begun ? [planned, { ...beginsLine(begun), attempt }] : [planned];
}

export const beginsLine = ({ key, expectedRows }: Pick<RunFileRow, "key" | "expectedRows">) => ({
  level: "debug" as const,
  file: key,
  message: `Writing ${expectedRows} rows.`,
});

interface Parts {
  documents: Partial<Documents>;
  rows: (typeof runFiles.$inferInsert)[];
  keys: ReadonlyMap<string, KeyKind>;
  lines: readonly LogLine[];
}

/**
 * Saves a window's first plan in one statement. False if any of its keys is held: then only the other keys are
 * reserved, which the window's next plan reserves again.
 */
async function saveAtOnce(db: Db, run: LoadedRun["run"], saved: Saved, parts: Parts): Promise<boolean> {
  const { documents, rows, keys, lines } = parts;
  const all = [...keys.keys()].sort();
  const mine = sql`(select count(*) from claimed) = ${all.length}`;
  const { rows: planned } = await db.execute(sql`
    with claimed as (${claimOf(run, saved.address, all, keys)}),
    planned as ${db
      .update(runs)
      .set({ ...saved, plannedAt: sql`now()` })
      .where(and(isAsLoaded(run), mine))
      .returning({ id: runs.id })},
    documents as (${insertDocuments(run, documents, sql`planned`)}),
    files as (${rows.length === 0 ? sql`select` : insertGiven(runFiles, rows, sql`planned`)}),
    lines as (${insertLines(run, lines, sql`planned`)})
    select 1 from planned`);
  return planned.length > 0;
}

type Saved = Binding & Pick<LoadedRun["run"], "planVersion" | "revision" | "files" | "error">;

const isAsLoaded = (run: LoadedRun["run"]) =>
  and(eq(runs.id, run.id), inArray(runs.state, activeStates), eq(runs.planVersion, run.planVersion));

function documentsOf({ spec }: LoadedRun, plan: Plan) {
  const { model, destination, columns, filters, fileSchema, oneRowPerId } = spec;
  const { sql: query, params } = plan.check;
  return {
    spec: { model, destination, columns, filters, fileSchema, oneRowPerId },
    source: {
      rows: plan.rows,
      fingerprint: String(plan.fingerprint),
      query,
      params: inLedgerOrder(params),
      formula: FINGERPRINT,
    },
  };
}

/** Orders fields as PostgreSQL's jsonb does, so that a receipt reads the same before and after it is stored. */
const inLedgerOrder = (params: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(params).toSorted(
      ([a], [b]) => a.length - b.length || Buffer.compare(Buffer.from(a), Buffer.from(b)),
    ),
  );

/** The next try finds out whether the run has ended or another try was just faster. */
const raced = () =>
  new ExportError({
    code: "plan_raced",
    message: "Another attempt has planned the run in the meantime, or the run has ended.",
    fix: null,
    retryable: true,
  });

function rowOf(run: LoadedRun["run"], planVersion: number, draft: Draft, index: number) {
  const { file, key, revision, reused } = draft;
  const { organizationId, projectId, id: runId } = run;
  return {
    runId,
    month: monthOf(run),
    organizationId,
    projectId,
    index,
    planVersion,
    table: file.model.table,
    key,
    revision,
    bounds: file.bounds,
    expectedRows: file.rows,
    expectedFingerprint: String(file.fingerprint),
    ...(reused && measuredBefore(reused)),
  };
}

/** A file that an earlier run wrote starts out Completed. */
const measuredBefore = ({ rows, bytes, sha256, etag, encryption, replaced, sentAt, finishedAt }: RunFileRow) => ({
  state: "Completed" as const,
  ...{ rows, bytes, sha256, etag, encryption, replaced, sentAt, finishedAt },
});
