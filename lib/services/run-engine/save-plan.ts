import { and, eq, inArray } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { monthOf } from "@/lib/db/month";
import { runFiles, runs } from "@/lib/db/schema";
import type { PinnedConnection } from "@/lib/db/schema/runs";
import { writingOf } from "@/lib/destinations/writing";
import { ExportError } from "@/lib/errors";
import { activeStates } from "@/lib/schemas/run";
import type { Plan } from "@/lib/source/plan";
import { FINGERPRINT } from "@/lib/source/predicate";
import { saveDocuments } from "./documents";
import type { Draft, Drafted, FileRow } from "./draft-files";
import { keyedOf, type LoadedRun } from "./load";
import { logRun } from "./log";
import { type KeyKind, reserveKeys } from "./reserve-keys";
import { supersede } from "./supersede";

/** Rows of one INSERT: PostgreSQL takes at most 65,535 parameters in a statement. */
const BATCH = 2000;

/** What a plan binds its run to. */
export interface Binding {
  address: string;
  pinned: PinnedConnection;
  encodingHash: string;
}

export interface SavedPlan {
  planVersion: number;
  files: number;
  /** Whether this plan, or an earlier one of the run, may have superseded receipts whose manifests are still there. */
  mayWithdraw: boolean;
}

/** Every key that a plan writes: its files', and where the destination has them its manifest's and its marks'. */
export function keysOfPlan(loaded: LoadedRun, fileKeys: readonly string[]): Map<string, KeyKind> {
  const writing = writingOf(loaded.spec.destination);
  const manifest = writing.manifestKey(keyedOf(loaded));
  const keys = new Map<string, KeyKind>();
  if (manifest === null) return keys;
  for (const key of writing.markerKeys(keyedOf(loaded), fileKeys)) keys.set(key, "marker");
  for (const key of fileKeys) keys.set(key, "file");
  return keys.set(manifest, "manifest");
}

/**
 * Writes a plan into the ledger as the run's next version, reserves its keys, and calls the receipts superseded whose files it is going
 * to write over. Throws when the run has ended, or a key is held.
 */
export async function savePlan(
  loaded: LoadedRun,
  plan: Plan,
  { drafts, revision, isFirst }: Drafted,
  bound: Binding,
  attempt: number,
): Promise<SavedPlan> {
  const { run } = loaded;
  const planVersion = run.planVersion + 1;
  const rows = drafts.map((draft, index) => rowOf(run, planVersion, draft, index));
  const keys = keysOfPlan(
    loaded,
    drafts.map(({ key }) => key),
  );
  const mayWithdraw = await getDb().transaction(async (tx) => {
    // What an earlier try has written under this number is replaced.
    if (attempt > 1)
      await tx.delete(runFiles).where(and(eq(runFiles.runId, run.id), eq(runFiles.planVersion, planVersion)));
    for (let at = 0; at < rows.length; at += BATCH) await tx.insert(runFiles).values(rows.slice(at, at + BATCH));
    const taken = keys.size === 0 ? [] : await reserveKeys(tx, run, bound.address, keys);
    const mayWithdraw = !isFirst || taken.length > 0;
    if (keys.size > 0 && mayWithdraw) await supersede(tx, run, bound.address, { drafts, taken });
    await saveRun(tx, loaded, plan, { ...bound, planVersion, revision, files: drafts.length });
    const files = rows.length === 1 ? "1 file" : `${rows.length} files`;
    const reused = drafts.filter((draft) => draft.reused).length;
    const kept = reused === 0 ? "" : `; ${reused} of them ${reused === 1 ? "is" : "are"} at the destination already`;
    const message = `Planned ${plan.rows} rows in ${files}${kept}.`;
    await logRun(run, { level: "info", attempt: run.attempt, message }, tx);
    return mayWithdraw;
  });
  return { planVersion, files: rows.length, mayWithdraw };
}

type Saved = Binding & Pick<LoadedRun["run"], "planVersion" | "revision" | "files">;

async function saveRun(tx: Tx, { run, spec }: LoadedRun, plan: Plan, saved: Saved) {
  const { model, destination, columns, filters, fileSchema, oneRowPerId } = spec;
  const { sql: query, params } = plan.check;
  const [updated] = await tx
    .update(runs)
    .set({
      ...saved,
      error: null,
    })
    .where(and(eq(runs.id, run.id), inArray(runs.state, activeStates), eq(runs.planVersion, run.planVersion)))
    .returning({ id: runs.id });
  if (!updated) throw raced();
  await saveDocuments(tx, run, {
    spec: { model, destination, columns, filters, fileSchema, oneRowPerId },
    source: { rows: plan.rows, fingerprint: String(plan.fingerprint), query, params, formula: FINGERPRINT },
  });
}

/** Whether the run has ended, or only another try was faster, is found out by the next try. */
const raced = () =>
  new ExportError({
    code: "plan_raced",
    message: "Another try has planned the run meanwhile, or the run has ended.",
    fix: null,
    retryable: true,
  });

function rowOf(run: LoadedRun["run"], planVersion: number, draft: Draft, index: number): typeof runFiles.$inferInsert {
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

/** A file that an earlier run has written is done from the beginning. */
const measuredBefore = ({ rows, bytes, sha256, etag, encryption, replaced, sentAt, finishedAt }: FileRow) => ({
  state: "Completed" as const,
  ...{ rows, bytes, sha256, etag, encryption, replaced, sentAt, finishedAt },
});
