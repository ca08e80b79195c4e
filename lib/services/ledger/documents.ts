import { and, eq, type SQL } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { insertGiven, onConflictTake } from "@/lib/db/insert-given";
import { monthOf, monthOfRow } from "@/lib/db/month";
import type { RunDocumentsRow, RunRow } from "@/lib/db/rows";
import { runDocuments, runs } from "@/lib/db/schema";

/** A run with what it was planned from: null before its plan, and after retention has removed it. */
export type PlannedRow = RunRow & Pick<Documents, "spec" | "source">;
export type Documents = Pick<RunDocumentsRow, "spec" | "source" | "receipt" | "receiptSha256">;

/** What joins a run's documents to its row. */
export const documentsOfRun = and(eq(runDocuments.runId, runs.id), eq(runDocuments.month, monthOfRow("runs")));

/** Writes documents of a run; those that are not given stay as they are. */
export async function saveDocuments(
  tx: Tx,
  run: Pick<RunRow, "id" | "createdAt">,
  documents: Partial<Documents>,
): Promise<void> {
  await tx
    .insert(runDocuments)
    .values({ runId: run.id, month: monthOf(run), ...documents })
    .onConflictDoUpdate({ target: [runDocuments.runId, runDocuments.month], set: documents });
}

/** SQL: the same where `given`, what follows FROM, has a row. */
export const insertDocuments = (
  run: Pick<RunRow, "id" | "createdAt">,
  documents: Partial<Documents>,
  given: SQL,
): SQL => {
  const row = { runId: run.id, month: monthOf(run), ...documents };
  return insertGiven(runDocuments, [row], given).append(onConflictTake(runDocuments, ["runId", "month"], documents));
};

/** The same in the statement that they belong to: for a WITH. */
export const documentsWith = (...args: Parameters<typeof insertDocuments>) =>
  getDb()
    .$with("documents", {})
    .as(insertDocuments(...args));
