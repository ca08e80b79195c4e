import { and, desc, eq, ne, or } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { RunRow } from "@/lib/db/rows";
import { runDocuments, runs } from "@/lib/db/schema";
import type { Owner } from "@/lib/destinations/types";
import { documentsOfRun, type PlannedRow } from "./documents";

/** What other runs have made of the same window. */
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
  | "createdAt"
>;

export const sameWindow = (run: Pick<RunRow, "exportId" | "intervalStart" | "intervalEnd">) =>
  and(
    eq(runs.exportId, run.exportId),
    eq(runs.intervalStart, run.intervalStart),
    eq(runs.intervalEnd, run.intervalEnd),
  );

/**
 * The other runs of a run's window, newest first, and those of overlapping windows whose receipts it has withdrawn. While the run
 * is active all of them have ended: the ledger lets one be active.
 */
export async function earlierRuns(run: RunRow): Promise<EarlierRun[]> {
  const { id, requestId, state, address, pinned, manifest, supersededBy, planVersion, encodingHash } = runs;
  const { files, createdAt } = runs;
  const columns = { id, requestId, state, address, pinned, manifest, supersededBy, planVersion, encodingHash };
  return getDb()
    .select({ ...columns, source: runDocuments.source, files, createdAt })
    .from(runs)
    .leftJoin(runDocuments, documentsOfRun)
    .where(or(and(sameWindow(run), ne(runs.id, run.id)), eq(runs.supersededBy, run.id)))
    .orderBy(desc(runs.fence));
}

/** The same of a run that was loaded: who was alone on the window then is so until it has ended. */
export const earlierOf = async ({ run, isAlone }: { run: RunRow; isAlone: boolean }): Promise<EarlierRun[]> =>
  isAlone ? [] : earlierRuns(run);

/** The run whose receipt is the window's current one. */
export const currentOf = (earlier: readonly EarlierRun[]): EarlierRun | undefined =>
  earlier.find(({ state, supersededBy }) => state === "Completed" && supersededBy === null);

/** Whose objects the window's runs may replace and remove. */
export const ownerOf = (run: Pick<RunRow, "exportId" | "requestId">, earlier: readonly EarlierRun[]): Owner => ({
  exportId: run.exportId,
  requestIds: new Set([run.requestId, ...earlier.map(({ requestId }) => requestId)]),
});
