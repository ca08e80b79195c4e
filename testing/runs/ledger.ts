import { eq, getTableColumns, type SQL } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { documentsOfRun } from "@/lib/db/documents-of-run";
import { runDocuments, runs } from "@/lib/db/schema";

/** The ledger's runs, with their receipts. */
export const recordsWhere = (where: SQL | undefined) =>
  getDb()
    .select({ ...getTableColumns(runs), receipt: runDocuments.receipt })
    .from(runs)
    .leftJoin(runDocuments, documentsOfRun)
    .where(where);

/** The ledger's record of a run, with its receipt. */
export async function recordOf(runId: string) {
  const [run] = await recordsWhere(eq(runs.id, runId));
  if (!run) throw new Error(`The ledger has no run ${runId}.`);
  return run;
}

export type RunRecord = Awaited<ReturnType<typeof recordOf>>;
