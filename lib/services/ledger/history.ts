import { and, desc, eq, gt, gte, lt, ne, or } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { documentsOfRun } from "@/lib/db/documents-of-run";
import type { RunRow } from "@/lib/db/rows";
import { installation, runDocuments, runs } from "@/lib/db/schema";
import type { Owner } from "@/lib/destinations/upload-types";
import type { PlannedRow } from "./documents";

/** Needed columns of a window's other runs. */
export type EarlierRun = Pick<
  PlannedRow,
  | "id"
  | "requestId"
  | "state"
  | "address"
  | "pinned"
  | "manifest"
  | "supersededBy"
  | "planVersion"
  | "encodingHash"
  | "source"
  | "files"
  | "rows"
  | "intervalStart"
  | "intervalEnd"
  | "createdAt"
>;

export const sameWindow = (run: Pick<RunRow, "exportId" | "intervalStart" | "intervalEnd">) =>
  and(
    eq(runs.exportId, run.exportId),
    eq(runs.intervalStart, run.intervalStart),
    eq(runs.intervalEnd, run.intervalEnd),
  );

/**
 * The other runs of a run's window, and runs of overlapping windows whose receipts it superseded, newest first. While
 * the run is active, all of them have ended: the ledger allows one active run.
 */
export async function earlierRuns(db: Tx, run: RunRow): Promise<EarlierRun[]> {
  const { id, requestId, state, address, pinned, manifest, supersededBy, planVersion, encodingHash } = runs;
  const { files, rows, intervalStart, intervalEnd, createdAt } = runs;
  const columns = { id, requestId, state, address, pinned, manifest, supersededBy, planVersion, encodingHash };
  return db
    .select({ ...columns, source: runDocuments.source, files, rows, intervalStart, intervalEnd, createdAt })
    .from(runs)
    .leftJoin(runDocuments, documentsOfRun)
    .where(or(and(sameWindow(run), ne(runs.id, run.id)), eq(runs.supersededBy, run.id)))
    .orderBy(desc(runs.fence));
}

/** Like `earlierRuns`, for a loaded run: a run that was alone on its window stays so until it ends. */
export const earlierOf = async (db: Tx, { run, isAlone }: { run: RunRow; isAlone: boolean }): Promise<EarlierRun[]> =>
  isAlone ? [] : earlierRuns(db, run);

/**
 * Whether the ledger knows no other run, in any state, of a window that starts within a run's. A ledger that was restored
 * after such a window began can't know that.
 */
export async function isFirstWithin(db: Tx, run: RunRow): Promise<boolean> {
  const { exportId, id, intervalStart, intervalEnd } = run;
  const [recovered] = await db
    .select({ one: installation.one })
    .from(installation)
    .where(gt(installation.recoveredAt, intervalStart));
  if (recovered) return false;
  const startsWithin = and(gte(runs.intervalStart, intervalStart), lt(runs.intervalStart, intervalEnd));
  const [found] = await db
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.exportId, exportId), startsWithin, ne(runs.id, id)))
    .limit(1);
  return found === undefined;
}

/** The run with the window's current receipt. */
export const currentOf = (earlier: readonly EarlierRun[]): EarlierRun | undefined =>
  earlier.find(({ state, supersededBy }) => state === "Completed" && supersededBy === null);

/**
 * The run whose receipt a run's receipt replaces: the newest that was committed of the same window, even if a run that
 * failed since superseded it.
 */
export const replacedBy = (
  run: Pick<RunRow, "intervalStart" | "intervalEnd">,
  earlier: readonly EarlierRun[],
): EarlierRun | undefined =>
  earlier.find(
    ({ state, intervalStart, intervalEnd }) =>
      state === "Completed" &&
      intervalStart.getTime() === run.intervalStart.getTime() &&
      intervalEnd.getTime() === run.intervalEnd.getTime(),
  );

/** Objects that the window's runs may replace or remove. */
export const ownerOf = (run: Pick<RunRow, "exportId" | "requestId">, earlier: readonly EarlierRun[]): Owner => ({
  exportId: run.exportId,
  requestIds: new Set([run.requestId, ...earlier.map(({ requestId }) => requestId)]),
});
